/** What looking ahead found, as lists for the screen. */
import type { AheadOfSeal, PageRun } from '../backend/wire.gen'

export interface ConcernRow {
  document: number
  position: number
  page: number
  says: string[]
  compared: boolean
}

/** Every page to compare: those nobody has compared first, in the order of the pack. */
export function concernsOf(ahead: AheadOfSeal): ConcernRow[] {
  const all = ahead.documents.flatMap((d) => d.concerns.map((c) => ({ ...c, document: d.document, position: d.position })))
  return [...all.filter((c) => !c.compared), ...all.filter((c) => c.compared)]
}

/** `14 pages rebuilt, 2 become pictures`. */
export function tally(runs: readonly PageRun[]): string {
  const pages = (how: string) => runs.reduce((n, run) => n + (run.how === how ? run.to - run.from + 1 : 0), 0)
  const [rebuilt, pictures] = [pages('rebuilt'), pages('picture')]
  const said = []
  if (rebuilt) said.push(`${rebuilt.toLocaleString('en-GB')} ${rebuilt === 1 ? 'page' : 'pages'} rebuilt`)
  if (pictures) said.push(`${pictures.toLocaleString('en-GB')} ${pictures === 1 ? 'becomes a picture' : 'become pictures'}`)
  return said.join(', ')
}
