import { expect, test } from 'vitest'
import type { PageRun } from '../backend/wire.gen'
import { concernsOf, tally } from './ahead'

const run = (from: number, to: number, how: string): PageRun => ({ from, to, how, says: '' })

test('runs are counted by page, not by run', () => {
  for (const [runs, said] of [
    [[run(1, 14, 'rebuilt'), run(15, 15, 'picture'), run(16, 20, 'rebuilt')], '19 pages rebuilt, 1 becomes a picture'],
    [[run(1, 2000, 'picture')], '2,000 become pictures'],
    [[run(1, 1, 'rebuilt')], '1 page rebuilt'],
    [[], ''],
  ] as const) expect(tally(runs)).toBe(said)
})
test('what is still to be compared comes first', () => {
  const document = (position: number, concerns: { page: number; compared: boolean }[]) => ({ document: position * 10, position, known: true, runs: [], refused: '', concerns: concerns.map((c) => ({ ...c, says: ['Why.'] })) })
  const ahead = { unknown: 0, at_once: true, documents: [document(1, [{ page: 3, compared: true }, { page: 9, compared: false }]), document(2, [{ page: 1, compared: false }])] }
  expect(concernsOf(ahead).map((c) => [c.document, c.page])).toEqual([[10, 9], [20, 1], [10, 3]])
})
