/** What an invented document proposes: the names and numbers its invented people have. */
import type { PageView, Place, ProposalView } from '../wire.gen'

const LOOK_FOR: [find: string, kind: string, group: string, why: string, code: string | null][] = [
  ['Bernard Quillfeather', 'name', 'Bernard Quillfeather', 'A first name and a surname.', '3P'],
  ['Mr Quillfeather', 'name', 'Bernard Quillfeather', 'A title and a name.', '3P'],
  ['Delyth Marchbanks', 'name', 'Delyth Marchbanks', 'A first name and a surname.', '3P'],
  ['Ms Marchbanks', 'name', 'Delyth Marchbanks', 'A title and a name.', '3P'],
  ['Nkechi Okonkwo', 'name', 'Nkechi Okonkwo', 'A first name and a surname.', '3P'],
  ['Mr Leopold Harwich', 'name', 'Leopold Harwich', 'A title and a name.', '3P'],
  ['Joel Haddow', 'name', 'Joel Haddow', 'A first name and a surname.', null],
  ['PC 2214 Lowestone', 'name', 'PC 2214 Lowestone', 'A police officer’s name, given with a rank.', '3P'],
  ['01632 960 227', 'telephone', '01632960227', 'It has the form of a telephone number.', '3P'],
  ['01632 960 881', 'telephone', '01632960881', 'It has the form of a telephone number.', '3P'],
  ['code 4471', 'security_code', '4471', 'Digits that are called an alarm’s, a door’s or a key safe’s.', 'SEC'],
]

export function propose(places: (find: string) => Place[], page: (page: number) => PageView): ProposalView[] {
  const found = LOOK_FOR.flatMap(([find, kind, group, why, code_hint]) => places(find).map((place): ProposalView => ({ ...place, text: find, kind, group, times: 1, why, code_hint })))
  const times = (one: ProposalView) => found.filter((other) => other.kind === one.kind && other.group === one.group).length
  const order = (one: ProposalView) => page(one.page).words.findIndex((word) => word.rect[0] === one.rects[0]?.[0] && word.rect[1] === one.rects[0]?.[1])
  return found
    .map((one) => ({ one: { ...one, times: times(one) }, at: order(one) }))
    .sort((a, b) => a.one.page - b.one.page || a.at - b.at)
    .map(({ one }) => one)
}
