/** Selecting words and boxes on a page. Points, origin at the top left. */
import type { DocumentRow, MarkShape, MarkView, WordView } from '../backend/wire.gen'

export type Rect = [number, number, number, number]
export type Selection = { kind: 'words'; anchor: number; focus: number } | { kind: 'box'; rect: Rect }
export interface Point {
  x: number
  y: number
}

export const inside = (rect: Rect, { x, y }: Point, slack = 0) => x >= rect[0] - slack && x <= rect[2] + slack && y >= rect[1] - slack && y <= rect[3] + slack

/** The word under a point, none on blank paper. */
export function wordAt(words: readonly WordView[], at: Point, slack = 1.5): number | null {
  const found = words.findIndex((word) => inside(word.rect, at, slack))
  return found < 0 ? null : found
}

/** The word a drag has reached: the one under the pointer, or else the nearest on the nearest line. */
export function wordNear(words: readonly WordView[], at: Point): number | null {
  let best: number | null = null
  let least = Infinity
  words.forEach((word, n) => {
    const [l, t, r, b] = word.rect
    const dx = at.x < l ? l - at.x : at.x > r ? at.x - r : 0
    const dy = at.y < t ? t - at.y : at.y > b ? at.y - b : 0
    // A line away counts for much more than a word away, as in any text.
    const far = dy * 40 + dx
    if (far < least) {
      least = far
      best = n
    }
  })
  return best
}

export function run(selection: { anchor: number; focus: number }): [number, number] {
  return selection.anchor <= selection.focus ? [selection.anchor, selection.focus] : [selection.focus, selection.anchor]
}

/** One rectangle for each line of a run of words. */
export function runRects(words: readonly WordView[], from: number, to: number): Rect[] {
  const byLine = new Map<number, Rect>()
  for (const word of words.slice(from, to + 1)) {
    const r = byLine.get(word.line)
    byLine.set(word.line, r ? [Math.min(r[0], word.rect[0]), Math.min(r[1], word.rect[1]), Math.max(r[2], word.rect[2]), Math.max(r[3], word.rect[3])] : [...word.rect])
  }
  return [...byLine.values()]
}
export function runText(words: readonly WordView[], from: number, to: number): string {
  return words.slice(from, to + 1).map((word) => word.text).join(' ')
}

/** A box between two corners, kept on the page. */
export function box(a: Point, b: Point, width: number, height: number): Rect {
  const keep = (n: number, most: number) => Math.max(0, Math.min(most, n))
  return [keep(Math.min(a.x, b.x), width), keep(Math.min(a.y, b.y), height), keep(Math.max(a.x, b.x), width), keep(Math.max(a.y, b.y), height)]
}
export const isBox = (rect: Rect) => rect[2] - rect[0] > 3 && rect[3] - rect[1] > 3

/** What a selection would mark. */
export function shapeOf(selection: Selection, words: readonly WordView[], page: number): MarkShape {
  if (selection.kind === 'box') return { shape: 'rect', page, rect: selection.rect }
  const [from, to] = run(selection)
  return { shape: 'words', page, rects: runRects(words, from, to), text: runText(words, from, to) }
}

/** The word above (-1) or below (1) on the page. */
export function wordBeyond(words: readonly WordView[], from: number, way: -1 | 1): number {
  const at = words[from]
  if (!at) return from
  const middle = (at.rect[0] + at.rect[2]) / 2
  const line = words.reduce<number | null>((found, word) => {
    const beyond = way > 0 ? word.line > at.line : word.line < at.line
    return beyond && (found === null || Math.abs(word.line - at.line) < Math.abs(found - at.line)) ? word.line : found
  }, null)
  if (line === null) return from
  let best = from
  let least = Infinity
  words.forEach((word, n) => {
    const far = Math.abs((word.rect[0] + word.rect[2]) / 2 - middle)
    if (word.line === line && far < least) {
      least = far
      best = n
    }
  })
  return best
}

/** The mark under a point on a page, the smallest first, for marks may lie on one another. */
export function markAt(marks: readonly MarkView[], page: number, at: Point): MarkView | null {
  let best: MarkView | null = null
  let least = Infinity
  for (const mark of marks) {
    for (const place of mark.places) {
      if (place.page !== page) continue
      for (const rect of place.rects) {
        const size = (rect[2] - rect[0]) * (rect[3] - rect[1])
        if (inside(rect, at, 0.5) && size < least) {
          least = size
          best = mark
        }
      }
    }
  }
  return best
}

/** The pages a mark stands on, each once. */
export function pagesOf(mark: MarkView): number[] {
  return [...new Set(mark.places.map((place) => place.page))]
}

/** What a mark covers, in words for a list. */
export function markWords(mark: MarkView): string {
  const shape = mark.mark.shape
  switch (shape.shape) {
    case 'words':
      return `“${shape.text}”`
    case 'phrase':
      return `“${shape.find}” wherever it stands`
    case 'whole_page':
      return 'The whole page'
    case 'rect':
      return 'A box'
  }
}
export const firstPage = (mark: MarkView) => mark.places[0]?.page ?? ('page' in mark.mark.shape ? (mark.mark.shape.page ?? 1) : 1)

/** The next page nobody has looked at, after this one, going round; none when all have been seen. */
export function nextUnseen(pages: number, seen: readonly number[], from: number): number | null {
  const been = new Set(seen)
  for (let n = 1; n <= pages; n++) {
    const page = ((from - 1 + n) % pages) + 1
    if (!been.has(page)) return page
  }
  return null
}

/** Dots per inch for a picture shown at a scale (CSS pixels a point), in few steps so that pictures are used again. */
export function dpiFor(scale: number, ratio: number): number {
  const wanted = scale * 72 * ratio
  return [72, 96, 120, 150, 200, 250, 300].find((step) => step >= wanted * 0.98) ?? 300
}

/** One quiet line on what is marked; once a pack is sealed, what was marked then is out of it. */
export function markedLine(documents: readonly DocumentRow[], sealed: number | null = null): string {
  const marks = documents.reduce((n, d) => n + (d.document.disclosure === 'disclosed' ? d.marks : 0), 0)
  if (marks === 0) return 'Nothing marked yet'
  const said = `${marks.toLocaleString('en-GB')} marked`
  return sealed === null ? `${said}, none removed until you seal` : `${said}; pack ${sealed} is sealed without what was marked then`
}

export const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2, 3]
/** The next step of zoom up or down from any scale. */
export function zoomStep(scale: number, way: -1 | 1): number {
  return way > 0 ? (ZOOMS.find((z) => z > scale + 0.01) ?? scale) : ([...ZOOMS].reverse().find((z) => z < scale - 0.01) ?? scale)
}
