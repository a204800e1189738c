import { describe, expect, test } from 'vitest'
import type { MarkView, ProposalView } from '../backend/wire.gen'
import type { Rect } from './lib'
import { covered, gather, goOnFrom, kindWords, placeKey, rowsShown } from './proposals'

const check = (what: string, got: unknown, wanted: unknown) => test(what, () => expect(got).toEqual(wanted))
const proposal = (text: string, kind: string, group: string, page: number, y: number, why = 'A title and a name.'): ProposalView => ({ page, rects: [[10, y, 60, y + 10]], text, kind, group, times: 1, why, code_hint: '3P' })
const mark = (page: number, rects: Rect[]) => ({ places: [{ page, rects }] }) as MarkView

describe('a line is covered', () => {
  check('by a mark a little off it', covered([10, 10, 60, 20], [[11, 9, 61, 19]]), true)
  check('by two marks side by side', covered([10, 10, 60, 20], [[35, 10, 60, 20], [10, 10, 34, 20]]), true)
  check('by marks over one another only once', covered([10, 10, 60, 20], [[10, 10, 40, 20], [12, 10, 40, 20]]), false)
  check('not by half of it', covered([10, 10, 60, 20], [[10, 10, 35, 20]]), false)
  check('not by the line above', covered([10, 10, 60, 20], [[10, 0, 60, 11]]), false)
})

const ALL = [
  proposal('07700 900 461', 'telephone', '07700900461', 1, 10, 'A number.'),
  proposal('Mr Quillfeather', 'name', 'Bernard Quillfeather', 1, 40),
  proposal('mr quillfeather', 'name', 'Bernard Quillfeather', 2, 40),
  proposal('Bernard Quillfeather', 'name', 'Bernard Quillfeather', 3, 40, 'Two names.'),
]
describe('proposals are gathered', () => {
  const found = gather(ALL, [], () => false)
  check('by person, then by kind', found.groups.map((g) => [g.n, g.title, g.total]), [[0, 'Bernard Quillfeather', 3], [1, '07700 900 461', 1]])
  check('in the order of the list', found.open.map((row) => row.n), [1, 2, 3, 0])
  check('with each wording once', found.groups[0]?.wordings, ['Mr Quillfeather', 'Bernard Quillfeather'])
  check('with one reason where all say the same', found.groups.map((g) => g.why), [null, 'A number.'])
  const less = gather(ALL, [mark(1, [[10, 40, 60, 50]])], (one) => one.page === 2)
  check('without what is marked or put aside', [less.open.map((row) => row.n), less.marked, less.aside], [[3, 0], 1, 1])
  const names = [1, 2, 3].map((page) => mark(page, [[0, 35, 99, 55]]))
  check('and a group keeps its number when one before it is done', gather(ALL, names, () => false).groups.map((g) => g.n), [1])
  check('a place has a name that tells nothing', placeKey(7, ALL[1]!), '7/1/10,40,60,50/name')
  check('kinds in words', [kindWords('nhs'), kindWords('bus_pass')], ['NHS number', 'bus pass'])
})

describe('after one is decided', () => {
  check('the next is looked at', goOnFrom([1, 2, 3, 0], 2, [1, 3, 0]), 3)
  check('past those that went with it', goOnFrom([1, 2, 3, 0], 1, [0]), 0)
  check('or the last one before', goOnFrom([1, 2, 3], 3, [1, 2]), 2)
  check('or none', goOnFrom([1], 1, []), null)
})

describe('of a long group', () => {
  const rows = Array.from({ length: 50 }, (_, n) => ({ n, one: ALL[0]! }))
  const shown = (at: number | null, all = false) => rowsShown(rows, at, all).map((row) => row.n)
  check('a few are drawn', shown(null), [0, 1, 2, 3])
  check('those about the one looked at', shown(20), [18, 19, 20, 21])
  check('to the end', shown(49), [46, 47, 48, 49])
  check('or all', shown(null, true).length, 50)
})
