/** What the desk proposes, gathered for the eye. A proposal marks nothing: a person does. */
import type { MarkView, ProposalView } from '../backend/wire.gen'
import { readKey } from '../shared/lib'
import type { Rect } from './lib'

/** Kinds in the order of the list, as they are said. */
const KINDS: Record<string, string> = {
  name: 'name', telephone: 'telephone number', email: 'e-mail address', national_insurance: 'National Insurance number', nhs: 'NHS number', born: 'day of birth', postcode: 'postcode',
  sort_code: 'sort code', account: 'account number', card: 'card number', vehicle: 'vehicle registration', security_code: 'security code',
}
export const kindWords = (kind: string) => KINDS[kind] ?? readKey(kind).toLowerCase()

export interface Proposed {
  /** Its place in the desk's list, from 0; it does not change while the document is open. */
  n: number
  one: ProposalView
}
export interface ProposalGroup {
  /** Its place among all groups, from 0. */
  n: number
  title: string
  kind: string
  /** Still to be decided, in page order. */
  open: Proposed[]
  /** All of it, decided or not. */
  total: number
  aside: number
  /** Why, when every one says the same. */
  why: string | null
  /** The ways it is written, each once. */
  wordings: string[]
}
export interface Gathered {
  groups: ProposalGroup[]
  /** What is still open, in the order of the list. */
  open: Proposed[]
  marked: number
  aside: number
}
export const NOTHING: Gathered = { groups: [], open: [], marked: 0, aside: 0 }

/** Names a place in a document without naming what stands there. */
export function placeKey(document: number, { page, rects, kind }: Pick<ProposalView, 'page' | 'rects' | 'kind'>): string {
  return `${document}/${page}/${(rects[0] ?? []).map((n) => Math.round(n)).join(',')}/${kind}`
}

/** Whether most of a line lies under marks: four fifths of its length, at the height of its middle. */
export function covered(rect: Rect, marks: readonly Rect[]): boolean {
  const [left, top, right, bottom] = rect
  const middle = (top + bottom) / 2
  const over = marks.filter((m) => m[1] <= middle && m[3] >= middle && m[2] > left && m[0] < right).sort((a, b) => a[0] - b[0])
  let length = 0
  let reached = left
  for (const m of over) {
    const from = Math.max(reached, m[0])
    const to = Math.min(right, m[2])
    if (to > from) {
      length += to - from
      reached = to
    }
  }
  return length >= (right - left) * 0.8
}

/** Proposals by what they have in common, without those that are marked or were put aside. */
export function gather(proposals: readonly ProposalView[], marks: readonly MarkView[], aside: (one: ProposalView) => boolean): Gathered {
  const byPage = new Map<number, Rect[]>()
  for (const { page, rects } of marks.flatMap((m) => m.places)) byPage.set(page, [...(byPage.get(page) ?? []), ...rects])
  const groups = new Map<string, ProposalGroup & { whys: Set<string> }>()
  const all = { marked: 0, aside: 0 }
  proposals.forEach((one, n) => {
    const key = `${one.kind}/${one.group}`
    let group = groups.get(key)
    if (!group) groups.set(key, (group = { n: 0, title: one.kind === 'name' ? one.group : one.text, kind: one.kind, open: [], total: 0, aside: 0, why: null, wordings: [], whys: new Set() }))
    group.total += 1
    group.whys.add(one.why)
    if (!group.wordings.some((text) => text.toLowerCase() === one.text.toLowerCase())) group.wordings.push(one.text)
    const under = byPage.get(one.page)
    if (under && one.rects.every((rect) => covered(rect, under))) all.marked += 1
    else if (aside(one)) {
      group.aside += 1
      all.aside += 1
    } else group.open.push({ n, one })
  })
  const order = Object.keys(KINDS)
  const rank = (kind: string) => (order.includes(kind) ? order.indexOf(kind) : order.length)
  const sorted = [...groups.values()].sort((a, b) => rank(a.kind) - rank(b.kind)).map(({ whys, ...group }, n) => ({ ...group, n, why: whys.size === 1 ? ([...whys][0] ?? null) : null }))
  const shown = sorted.filter((group) => group.open.length)
  return { groups: shown, open: shown.flatMap((group) => group.open), ...all }
}

/** Where to go on from one that is no longer open: the next of the old order that still is, or else the last before it. */
export function goOnFrom(before: readonly number[], from: number, open: readonly number[]): number | null {
  const left = new Set(open)
  const at = before.indexOf(from)
  return before.slice(at + 1).find((n) => left.has(n)) ?? before.slice(0, Math.max(0, at)).findLast((n) => left.has(n)) ?? null
}

/** The rows of a group to draw: a few, and those about the one that is looked at. */
export function rowsShown(open: readonly Proposed[], at: number | null, all: boolean, few = 4, most = 200): Proposed[] {
  if (open.length <= few) return [...open]
  const here = open.findIndex((row) => row.n === at)
  const size = all ? most : few
  const from = here < size - 1 ? 0 : Math.min(here - size + 2, open.length - size)
  return open.slice(Math.max(0, from), Math.max(0, from) + size)
}
