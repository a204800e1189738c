/** Reads a certificate aloud: whatever the desk put in it, as headings, facts and tables. */
import { readKey } from '../shared/lib'

export type Block =
  | { kind: 'facts'; rows: [string, string][] }
  | { kind: 'list'; heading: string; lines: string[] }
  | { kind: 'table'; heading: string; columns: string[]; rows: string[][] }

export function plain(value: unknown): string {
  if (value === null || value === undefined || value === '') return '–'
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (typeof value === 'number') return value.toLocaleString('en-GB')
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(plain).join(', ')
  return Object.entries(value as object)
    .map(([key, inner]) => `${readKey(key)}: ${plain(inner)}`)
    .join('; ')
}
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

export function certificateBlocks(json: string): Block[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(json)
  } catch {
    return [{ kind: 'list', heading: 'Certificate', lines: [json] }]
  }
  if (!isObject(parsed)) return [{ kind: 'list', heading: 'Certificate', lines: [plain(parsed)] }]
  const facts: [string, string][] = []
  const blocks: Block[] = []
  const walk = (value: Record<string, unknown>, before: string) => {
    for (const [key, inner] of Object.entries(value)) {
      const heading = before ? `${before}: ${readKey(key).toLowerCase()}` : readKey(key)
      if (Array.isArray(inner) && inner.length && inner.every(isObject)) {
        const columns = [...new Set(inner.flatMap((row) => Object.keys(row)))]
        blocks.push({ kind: 'table', heading, columns: columns.map(readKey), rows: inner.map((row) => columns.map((c) => plain(row[c]))) })
      } else if (Array.isArray(inner)) {
        if (inner.length) blocks.push({ kind: 'list', heading, lines: inner.map(plain) })
      } else if (isObject(inner)) {
        const rows = Object.entries(inner)
        // A small table of counts keeps its keys as they are: they are codes, not words.
        if (rows.every(([, v]) => typeof v === 'number')) blocks.push({ kind: 'table', heading, columns: rows.map(([k]) => k), rows: rows.length ? [rows.map(([, v]) => plain(v))] : [] })
        else walk(inner, heading)
      } else facts.push([heading, plain(inner)])
    }
  }
  walk(parsed, '')
  return [...(facts.length ? [{ kind: 'facts' as const, rows: facts }] : []), ...blocks.filter((b) => b.kind !== 'table' || b.rows.length)]
}
