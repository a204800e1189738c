/** Words and small sums for the screen. Nothing here knows a rule or works out a day that the law gives. */
import type { Channel, ClockState, ClockView, ControllerKind, Disclosure, Nation, RequestState, Right } from '../backend/wire.gen'

const WEEK = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
export const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']

interface Parts {
  year: number
  month: number
  day: number
}
function parts(iso: string): Parts | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso)
  return found ? { year: Number(found[1]), month: Number(found[2]), day: Number(found[3]) } : null
}
function weekday({ year, month, day }: Parts): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay()
}

/** `Mon 5 Oct 2026`. */
export function readDay(iso: string | null | undefined): string {
  const at = iso ? parts(iso) : null
  return at ? `${WEEK[weekday(at)]} ${at.day} ${MONTHS[at.month - 1]!.slice(0, 3)} ${at.year}` : ''
}
/** `5 Oct`, for where the year is plain. */
export function shortDay(iso: string | null | undefined): string {
  const at = iso ? parts(iso) : null
  return at ? `${at.day} ${MONTHS[at.month - 1]!.slice(0, 3)}` : ''
}
/** `5 October 2026`. */
export function longDay(iso: string | null | undefined): string {
  const at = iso ? parts(iso) : null
  return at ? `${at.day} ${MONTHS[at.month - 1]} ${at.year}` : ''
}

function made(year: number, month: number, day: number): string | null {
  const d = new Date(Date.UTC(year, month - 1, day))
  if (year < 1900 || year > 2200 || d.getUTCMonth() !== month - 1 || d.getUTCDate() !== day) return null
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** Reads a day as people type it: `5/10/26`, `5 Oct`, `Mon 5 October 2026`, `2026-10-05`, `today`. None when it is no day. */
export function typedDay(text: string, today: string): string | null {
  const plain = text.trim().toLowerCase().replace(/,/g, ' ').replace(/^(mon|tue|wed|thu|fri|sat|sun)[a-z]*\s+/, '')
  if (plain === 'today') return today
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(plain)
  if (iso) return made(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const year = (given: string | undefined) => (given === undefined ? Number(today.slice(0, 4)) : given.length === 2 ? 2000 + Number(given) : Number(given))
  const numbers = /^(\d{1,2})[./\- ](\d{1,2})(?:[./\- ](\d{4}|\d{2}))?$/.exec(plain)
  if (numbers) return made(year(numbers[3]), Number(numbers[2]), Number(numbers[1]))
  const words = /^(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?(?:\s+(\d{4}|\d{2}))?$/.exec(plain)
  if (!words) return null
  const month = MONTHS.findIndex((name) => name.toLowerCase().startsWith(words[2]!)) + 1
  return month ? made(year(words[3]), month, Number(words[1])) : null
}

export interface CalendarDay {
  iso: string
  day: number
  inside: boolean
}
/** Six weeks of days, Monday first, that hold the month (1 to 12). */
export function monthGrid(year: number, month: number): CalendarDay[][] {
  const first = new Date(Date.UTC(year, month - 1, 1))
  const back = (first.getUTCDay() + 6) % 7
  const weeks: CalendarDay[][] = []
  for (let week = 0; week < 6; week++) {
    weeks.push(
      Array.from({ length: 7 }, (_, n) => {
        const d = new Date(Date.UTC(year, month - 1, 1 - back + week * 7 + n))
        return { iso: d.toISOString().slice(0, 10), day: d.getUTCDate(), inside: d.getUTCMonth() === month - 1 }
      }),
    )
  }
  return weeks
}
/** The day beside another in the calendar, for the arrow keys. */
export function calendarStep(iso: string, days: number): string {
  const at = parts(iso)
  return at ? new Date(Date.UTC(at.year, at.month - 1, at.day + days)).toISOString().slice(0, 10) : iso
}
/** Where a day lies on a strip that begins on `from` and is `days` long, 0 to 1; none when it is not on it. */
export function onStrip(from: string, days: number, on: string): number | null {
  const a = Date.parse(`${from}T00:00:00Z`)
  const share = (Date.parse(`${on}T00:00:00Z`) - a) / 86_400_000 / days
  return share >= 0 && share <= 1 ? share : null
}
export interface Pin {
  at: number
  due: number
  days: { on: string; due: number; says: string }[]
}
/** Days on a strip, those too near to tell apart gathered on one pin. */
export function pins(from: string, days: number, strip: readonly { on: string; due: number; says: string }[], near = 0.022): Pin[] {
  const found: Pin[] = []
  for (const day of [...strip].sort((a, b) => (a.on < b.on ? -1 : 1))) {
    const at = onStrip(from, days, day.on)
    if (at === null) continue
    const last = found.at(-1)
    if (last && at - last.at < near) {
      last.due += day.due
      last.days.push(day)
    } else found.push({ at, due: day.due, days: [day] })
  }
  return found
}
/** The months that begin on a strip, each with its place on it. */
export function stripMonths(from: string, days: number): { name: string; at: number }[] {
  const start = parts(from)
  if (!start) return []
  const months = []
  for (let n = 1; n <= 13; n++) {
    const iso = new Date(Date.UTC(start.year, start.month - 1 + n, 1)).toISOString().slice(0, 10)
    const at = onStrip(from, days, iso)
    if (at !== null) months.push({ name: MONTHS[(start.month - 1 + n) % 12]!.slice(0, 3), at })
  }
  return months
}

export const RIGHTS: Record<Right, string> = {
  access: 'Access', rectification: 'Rectification', erasure: 'Erasure', restriction: 'Restriction', portability: 'Portability', objection: 'Objection',
  marketing: 'Stop marketing', automated_decision: 'Automated decision', consent_withdrawal: 'Withdrawal of consent',
}
export const CHANNELS: Record<Channel, string> = {
  letter: 'Letter', email: 'E-mail', phone: 'Telephone', in_person: 'In person', web_form: 'Web form', social_media: 'Social media', representative: 'Representative',
}
export const STATES: Record<RequestState, string> = { open: 'Open', sealed: 'Sealed', closed: 'Closed' }
export const NATIONS: Record<Nation, string> = { EW: 'England or Wales', SCT: 'Scotland', NI: 'Northern Ireland' }
export const KINDS: Record<ControllerKind, string> = {
  private_registered_provider: 'Private registered provider', local_authority: 'Local authority', almo: 'Arm’s length management organisation', scottish_rsl: 'Scottish registered social landlord',
}
export const DISCLOSURES: Record<Disclosure, string> = { disclosed: 'Goes into the pack', withheld: 'Withheld' }
/** Keys of a record, for select boxes. */
export function entries<K extends string>(names: Record<K, string>): [K, string][] {
  return Object.entries(names) as [K, string][]
}

export type Tone = 'running' | 'soon' | 'overdue' | 'paused' | 'waiting' | 'done'
/** How a clock looks. What is soon is a matter of looks alone. */
export function tone(clock: Pick<ClockView, 'state' | 'days_left' | 'used'>): Tone {
  const plain: Partial<Record<ClockState, Tone>> = { overdue: 'overdue', paused: 'paused', not_started: 'waiting', stopped: 'done' }
  return plain[clock.state] ?? ((clock.days_left !== null && clock.days_left <= 5) || clock.used > 0.82 ? 'soon' : 'running')
}

/** `1 mark`, `12 marks`, `2,000 pages`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`
}
/** `84 KB`, `1.3 MB`. */
export function bytes(n: number): string {
  if (n < 1000) return `${n} bytes`
  if (n < 1_000_000) return `${Math.round(n / 1000)} KB`
  return `${(n / 1_000_000).toFixed(1)} MB`
}
/** `14:02`. */
export function clockTime(d: Date): string {
  return `${String(d.getHours()).padStart(2, '0')}:${String(d.getMinutes()).padStart(2, '0')}`
}
/** Lines of an address box, without empty ones. */
export function lines(text: string): string[] {
  return text.split('\n').map((line) => line.trim()).filter(Boolean)
}

export interface HandbookBlock {
  kind: 'heading' | 'list' | 'text'
  lines: string[]
}
/** A handbook page as headings, lists and paragraphs. */
export function handbookBlocks(text: string): HandbookBlock[] {
  const blocks: HandbookBlock[] = []
  let open: HandbookBlock | null = null
  for (const raw of text.split('\n')) {
    const line = raw.trim()
    if (line === '') {
      open = null
    } else if (line.startsWith('# ')) {
      continue
    } else if (line.startsWith('## ')) {
      blocks.push({ kind: 'heading', lines: [line.slice(3)] })
      open = null
    } else if (line.startsWith('- ')) {
      if (open?.kind !== 'list') blocks.push((open = { kind: 'list', lines: [] }))
      open.lines.push(line.slice(2))
    } else if (open) {
      const last = open.lines.length - 1
      open.lines[last] = `${open.lines[last]} ${line}`
    } else blocks.push((open = { kind: 'text', lines: [line] }))
  }
  return blocks
}

/** A heading for a key of the certificate: `counts_by_code` becomes `Counts by code`. */
export function readKey(key: string): string {
  const words = key.replace(/[_-]+/g, ' ').replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase().replace(/\bsha ?256\b/g, 'SHA-256').replace(/\bpdf\b/g, 'PDF')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export interface Virtual {
  first: number
  last: number
  before: number
  total: number
}
/** Where each row begins, and where the last one ends. */
export function offsets(heights: readonly number[]): number[] {
  const at = [0]
  for (const height of heights) at.push(at[at.length - 1]! + height)
  return at
}
/** The rows to draw: those in sight and `over` rows either side. */
export function inSight(at: readonly number[], top: number, height: number, over = 4): Virtual {
  const rows = at.length - 1
  const find = (y: number) => {
    let low = 0
    let high = rows
    while (low < high) {
      const middle = (low + high) >> 1
      if (at[middle + 1]! <= y) low = middle + 1
      else high = middle
    }
    return low
  }
  const first = Math.max(0, find(top) - over)
  const last = Math.min(rows, find(top + height) + 1 + over)
  return { first, last, before: at[first] ?? 0, total: at[rows] ?? 0 }
}

/** The key of an event as it is written on a cap: `Ctrl+K`, `Shift+Space`, `PageDown`, `1`. */
export function keyOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string {
  const names: Record<string, string> = { ' ': 'Space', Escape: 'Esc' }
  const key = names[event.key] ?? (event.key.length === 1 ? event.key.toUpperCase() : event.key)
  const plain = event.key.length === 1 && event.key !== ' ' && event.key.toLowerCase() === event.key.toUpperCase()
  return [event.ctrlKey || event.metaKey ? 'Ctrl' : '', event.altKey ? 'Alt' : '', event.shiftKey && !plain ? 'Shift' : '', key].filter(Boolean).join('+')
}
/** Whether keys belong to what has the focus, because somebody is writing there. */
export function writing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button'].includes(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable
}

/** How well a command answers what was typed: 0 not at all, more is better. */
export function match(title: string, typed: string): number {
  const text = title.toLowerCase()
  const words = typed.toLowerCase().trim().split(/\s+/).filter(Boolean)
  if (!words.length) return 1
  let score = 0
  for (const word of words) {
    const at = text.indexOf(word)
    if (at < 0) return 0
    score += at === 0 ? 4 : text[at - 1] === ' ' ? 3 : 1
  }
  return score
}
