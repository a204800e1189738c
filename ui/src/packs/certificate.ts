/** Reads a certificate aloud: whatever the desk put in it, as facts, lists, tables and sections. */
import { readDay, readKey } from '../shared/lib'

export interface Section {
  heading: string
  /** One line that says it all, where the certificate has one. */
  says: string
  facts: [string, string][]
  lists: { heading: string; lines: string[] }[]
  tables: { heading: string; columns: string[]; rows: string[][] }[]
  sections: Section[]
}

type Thing = Record<string, unknown>
const isThing = (value: unknown): value is Thing => typeof value === 'object' && value !== null && !Array.isArray(value)
const isFlat = (value: Thing) => Object.values(value).every((inner) => !isThing(inner) && !Array.isArray(inner))
const isCounts = (value: Thing) => Object.values(value).every((inner) => typeof inner === 'number')

export function plain(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–'
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (typeof value === 'number') return value.toLocaleString('en-GB')
  if (typeof value === 'string') {
    const moment = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)[\d:.]*(?:Z|\+00:00)$/.exec(value)
    return moment ? `${readDay(moment[1])}, ${moment[2]} UTC` : /^\d{4}-\d\d-\d\d$/.test(value) ? readDay(value) : value
  }
  if (Array.isArray(value)) return value.length ? value.map(plain).join(', ') : '–'
  // Keys of a table of counts are codes, not words: they stay as they are.
  return Object.entries(value as Thing).map(([key, inner]) => `${key}: ${plain(inner)}`).join(' · ') || '–'
}

export function section(heading: string, value: Thing): Section {
  const made: Section = { heading, says: '', facts: [], lists: [], tables: [], sections: [] }
  for (const [key, inner] of Object.entries(value)) {
    const name = readKey(key)
    if (key === 'says') made.says = plain(inner) === '–' ? '' : plain(inner)
    else if (Array.isArray(inner) && inner.length && inner.every(isThing)) {
      if (inner.every(isFlat)) {
        const columns = [...new Set(inner.flatMap((row) => Object.keys(row)))]
        made.tables.push({ heading: name, columns: columns.map(readKey), rows: inner.map((row) => columns.map((c) => plain(row[c]))) })
      } else {
        const one = name.replace(/s$/, '')
        made.sections.push(...inner.map((row, n) => section(`${one} ${plain(row['position'] ?? n + 1)}`, row)))
      }
    } else if (Array.isArray(inner)) {
      if (inner.length) made.lists.push({ heading: name, lines: inner.map(plain) })
    } else if (isThing(inner) && !isCounts(inner)) made.sections.push(section(name, inner))
    else made.facts.push([name, plain(inner)])
  }
  return made
}

export function readCertificate(json: string): Section {
  try {
    const parsed: unknown = JSON.parse(json)
    if (isThing(parsed)) return section('Certificate', parsed)
    return { ...section('Certificate', {}), lists: [{ heading: 'Certificate', lines: [plain(parsed)] }] }
  } catch {
    return { ...section('Certificate', {}), lists: [{ heading: 'Certificate', lines: [json] }] }
  }
}
