/** Invented pages: words with their places, and pictures drawn from them. */
import type { PageView, WordView } from '../wire.gen'

export interface Sheet {
  heading: string
  lines: string[]
}
export interface Paper {
  sheets: Sheet[] | ((page: number) => Sheet)
  pages: number
}

const WIDTH = 595
const HEIGHT = 842
const LEFT = 58
const SIZE = 10.5
const LEADING = 16.5

// Helvetica's widths per thousand, close enough for invented pages.
const NARROW: Record<string, number> = { i: 230, l: 230, j: 240, t: 290, f: 290, r: 340, '.': 280, ',': 280, "'": 200, I: 280, ' ': 278, m: 840, w: 730, M: 840, W: 940, '-': 335 }
const width = (text: string, size: number) => [...text].reduce((sum, c) => sum + (NARROW[c] ?? (c >= 'A' && c <= 'Z' ? 680 : 556)), 0) * (size / 1000)

export function sheetOf(paper: Paper, page: number): Sheet {
  if (typeof paper.sheets === 'function') return paper.sheets(page)
  return paper.sheets[page - 1] ?? { heading: '', lines: [] }
}

export function pageView(paper: Paper, page: number): PageView {
  const sheet = sheetOf(paper, page)
  const words: WordView[] = []
  let line = 0
  let y = 64
  const set = (text: string, size: number, leading: number) => {
    let x = LEFT
    for (const word of text.split(' ').filter(Boolean)) {
      const w = width(word, size)
      if (x + w > WIDTH - LEFT) {
        x = LEFT
        y += leading
        line += 1
      }
      words.push({ text: word, rect: [x, y - size * 0.8, x + w, y + size * 0.25], line, invisible: false })
      x += w + width(' ', size)
    }
    y += leading
    line += 1
  }
  set(sheet.heading, 15, 30)
  for (const text of sheet.lines) {
    if (text === '') y += LEADING * 0.6
    else set(text, SIZE, LEADING)
  }
  return { page, width: WIDTH, height: HEIGHT, words, unreadable: 0, blind: null }
}

/** The smallest picture there is, for where there is no canvas. */
const DOT = Uint8Array.from(
  [137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 31, 21, 196, 137, 0, 0, 0, 13, 73, 68, 65, 84, 120, 156, 99, 248, 255, 255, 255, 127, 0, 9, 251, 3, 253, 5, 67, 69, 202, 0, 0, 0, 0, 73, 69, 78, 68, 174, 66, 96, 130],
)

export interface Gone {
  rect: [number, number, number, number]
  code: string | null
}

export async function picture(view: PageView, dpi: number, gone: Gone[] = [], footer = ''): Promise<ArrayBuffer> {
  if (typeof OffscreenCanvas === 'undefined') return DOT.buffer.slice(0) as ArrayBuffer
  const k = dpi / 72
  const canvas = new OffscreenCanvas(Math.round(view.width * k), Math.round(view.height * k))
  const pen = canvas.getContext('2d')
  if (!pen) return DOT.buffer.slice(0) as ArrayBuffer
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.scale(k, k)
  const hidden = (r: readonly number[]) => gone.some((g) => r[0]! < g.rect[2] - 1 && r[2]! > g.rect[0] + 1 && r[1]! < g.rect[3] - 1 && r[3]! > g.rect[1] + 1)
  pen.fillStyle = '#2b2b2b'
  pen.fillRect(LEFT, 76, WIDTH - 2 * LEFT, 0.6)
  for (const word of view.words) {
    if (hidden(word.rect)) continue
    const size = (word.rect[3] - word.rect[1]) / 1.05
    pen.font = `${size > 12 ? '600 ' : ''}${size}px Helvetica, Arial, sans-serif`
    pen.fillText(word.text, word.rect[0], word.rect[1] + size * 0.8, word.rect[2] - word.rect[0])
  }
  pen.font = '8px Helvetica, Arial, sans-serif'
  pen.fillStyle = '#666'
  pen.fillText(footer || `Page ${view.page}`, LEFT, HEIGHT - 34)
  for (const g of gone) {
    pen.fillStyle = '#111'
    pen.fillRect(g.rect[0], g.rect[1], g.rect[2] - g.rect[0], g.rect[3] - g.rect[1])
    if (g.code) {
      pen.fillStyle = '#fff'
      pen.font = '600 7px Helvetica, Arial, sans-serif'
      pen.fillText(g.code, g.rect[0] + 2, g.rect[1] + 8)
    }
  }
  const blob = await canvas.convertToBlob({ type: 'image/png' })
  return blob.arrayBuffer()
}
