/** Invented residents and their files. Nobody here exists. */
import type { ClockEvents, Document, NewRequest, Organisation, Request } from '../wire.gen'
import type { Paper, Sheet } from './pages'

export const TODAY = '2026-11-23'

export const ORGANISATION: Organisation = {
  name: 'Wherrymarsh Homes',
  address: ['Staithe House', '14 Reedcutter Row', 'Wherrymarsh', 'NR99 4ZZ'],
  nation: 'EW',
  kind: 'private_registered_provider',
  officer: { name: 'Morag Tindle', title: 'Data Protection Officer', email: 'dpo@wherrymarsh.example', phone: '01632 960 114' },
  regulator: { name: 'Information Commission', address: ['Wycliffe House', 'Water Lane', 'Wilmslow', 'SK9 5AF'], phone: '0303 123 1113', web: 'ico.org.uk' },
  privacy_notice: 'wherrymarsh.example/privacy',
  lock_after_minutes: 10,
}

const none: ClockEvents = { identity: null, authority: null, fee: null, clarifications: [], extension: null }

function request(id: number, name: string, facts: Partial<NewRequest> & { received: string }, more: Partial<Request> = {}): Request {
  return {
    id, reference: `GB-2026-${String(id).padStart(4, '0')}`, logged: facts.received, clock: structuredClone(none), state: 'open', closed: null,
    right: 'access', channel: 'email', taken_by: 'Customer hub', entity: 'Wherrymarsh Homes Limited',
    words: 'Please send me a copy of everything you hold about me.',
    subject: { name, address: ['12 Quay Terrace', 'Wherrymarsh', 'NR99 4AB'], email: '', also_known_as: [] },
    ...facts, ...more,
  }
}

export const REQUESTS: Request[] = [
  request(41, 'Adaeze Okonkwo-Bright', {
    received: '2026-10-28',
    taken_by: 'Joel Haddow, neighbourhood officer',
    words: 'I want to see everything you have on me and my flat since 2022, including what was said about me in the anti-social behaviour complaint and any e-mails between officers.\n\nI would rather have it on paper please.',
    subject: { name: 'Adaeze Okonkwo-Bright', address: ['Flat 3', '12 Quay Terrace', 'Wherrymarsh', 'NR99 4AB'], email: 'a.okonkwo@post.example', also_known_as: ['Ada Bright', 'Mrs A Okonkwo'] },
  }),
  request(36, 'Tobias Pemberthy', { received: '2026-10-15', channel: 'letter', taken_by: 'Reception, Staithe House' }),
  request(43, 'Shazia Rahimi-Cole', { received: '2026-11-05', channel: 'web_form' }, {
    clock: { ...structuredClone(none), clarifications: [{ asked: '2026-11-13', why: 'Nine years of records in eleven systems; the person named no subject or period.', what: 'Which matters or years are you most interested in?', answered: null }] },
  }),
  request(44, 'Wilf Ostrander', { received: '2026-11-12', channel: 'representative', taken_by: 'Legal inbox' }, {
    clock: { ...structuredClone(none), authority: { asked: '2026-11-13', why: 'A firm wrote on his behalf without a signed authority.', what: 'Signed authority from Mr Ostrander.', received: null } },
  }),
  request(39, 'Glenys Aderholt', { received: '2026-10-22', right: 'rectification', channel: 'phone', words: 'You have my rent arrears wrong, I cleared them in June and it still shows.' }),
  request(42, 'Ifeoma Castleden', { received: '2026-11-03', right: 'erasure', words: 'Please delete my old housing application from 2017.' }),
  request(45, 'Ruaridh Penhallow', { received: '2026-11-18', channel: 'in_person', taken_by: 'Marsh Lane scheme manager' }),
  request(34, 'Cerys Vantongeren', { received: '2026-10-26' }, { state: 'sealed' }),
  request(31, 'Marek Dunfallow', { received: '2026-09-14' }, { state: 'closed', closed: '2026-10-09' }),
  request(29, 'Philippa Eastgrove', { received: '2026-08-27', right: 'objection' }, { state: 'closed', closed: '2026-09-18' }),
]

const asb: Sheet[] = [
  {
    heading: 'Anti-social behaviour case 22/1187',
    lines: [
      'Case officer: Joel Haddow Opened: 3 March 2026 Property: Flat 3, 12 Quay Terrace', '',
      '3 March 2026. Telephone call from Bernard Quillfeather of Flat 5. He says that loud music came from Flat 3 on three nights last week, the latest until half past one. He says he spoke to Ms Okonkwo-Bright on the stairs on Tuesday and that she turned it down at once. He does not want her to know that he has called.', '',
      '5 March 2026. Visited Flat 3. Ms Okonkwo-Bright said that her sister was staying and that the music was a birthday. She was apologetic. She asked who had complained. I told her that I could not say.', '',
      '9 March 2026. Bernard Quillfeather called again. Quiet since the visit. He mentioned that Delyth Marchbanks in Flat 6 has heard shouting as well but is frightened to say so. I have asked her to ring me on 01632 960 227.', '',
      '12 March 2026. Delyth Marchbanks rang. She heard a man shouting outside Flat 3 on 1 March at about eleven at night. She thinks that it was not a resident. She has two small children and a key safe on her door, code 4471.',
    ],
  },
  {
    heading: 'Anti-social behaviour case 22/1187, continued',
    lines: [
      '16 March 2026. E-mail from PC 2214 Lowestone, Wherrymarsh neighbourhood team. The police are looking at an unconnected matter at Quay Terrace and ask us not to write to any resident about the man until they have spoken to him.', '',
      '20 March 2026. Risk matrix completed: score 6, standard. No vulnerability recorded for Ms Okonkwo-Bright. Bernard Quillfeather recorded as vulnerable by age.', '',
      '2 April 2026. Case conference with J Haddow, T Arrowby and the solicitor. See the note of advice in the legal folder. Agreed to offer mediation.', '',
      '14 April 2026. Mediation offered to both households in separate letters. Ms Okonkwo-Bright accepted by return. Bernard Quillfeather declined, saying that he wished only for quiet.', '',
      '30 April 2026. No further reports. Case closed with a letter to each household. Officer time recorded: 6.5 hours.',
    ],
  },
  {
    heading: 'Letter to resident, 30 April 2026',
    lines: [
      'Ms A Okonkwo-Bright, Flat 3, 12 Quay Terrace, Wherrymarsh NR99 4AB', '', 'Dear Ms Okonkwo-Bright,', '',
      'Thank you for your help with the reports of noise that we received in March. We have had no further reports and have closed the case. No action is recorded against your tenancy.', '',
      'If you would like to talk to somebody about this letter, ring me on the number above.', '', 'Yours sincerely,', 'Joel Haddow, Neighbourhood officer',
    ],
  },
]

const tenancy: Sheet[] = [
  {
    heading: 'Tenancy file: Flat 3, 12 Quay Terrace',
    lines: [
      'Tenant: Ms Adaeze Okonkwo-Bright Date of birth: 9 May 1988 Tenancy began: 14 February 2022', 'Tenancy type: assured, after starter period Rent account: 7730041 Household: one adult, one child', '',
      'Emergency contact: Nkechi Okonkwo (sister), 01632 960 881.', 'Previous tenant: Mr Leopold Harwich, moved to Marsh Lane on 2 January 2022, forwarding address on file.', '',
      'Reference from former landlord, Pollard Lettings: rent paid on time for three years; property left clean; would let to her again.',
    ],
  },
  {
    heading: 'Sign-up checklist',
    lines: ['Identity seen: passport ending 2281. Right to rent checked by T Arrowby on 10 February 2022.', 'Meter readings taken. Gas safety record handed over. Asbestos leaflet handed over. Fire door leaflet handed over.', '', 'Support needs: none stated. Contact preference: paper.'],
  },
  { heading: 'Rent account note', lines: ['17 June 2024. Payment plan agreed at £12 a week after a benefit delay. Ms Okonkwo-Bright was upset and said that she felt judged. Apology given by T Arrowby.', '', '2 September 2024. Plan completed early. Account clear.'] },
]

const legal: Sheet[] = [
  { heading: 'Note of advice: Quay Terrace', lines: ['From: Fenwick Saltmarsh Solicitors To: Wherrymarsh Homes, housing management', '', 'You asked whether the reports would support an application for an injunction. In our opinion they would not at present, for these reasons.'] },
  { heading: 'Note of advice, continued', lines: ['We suggest that mediation is offered first and that a record of the offer is kept.'] },
]

const FAULTS = ['dripping kitchen tap', 'lobby light out', 'boiler pressure low', 'window catch loose', 'extractor fan noisy', 'blocked gully', 'front door closer', 'damp patch by chimney breast']
const WHO = ['Ms Okonkwo-Bright', 'Mr Quillfeather', 'the scheme manager', 'Ms Marchbanks', 'a neighbour']
export function repairs(page: number): Sheet {
  const lines: string[] = []
  for (let n = 0; n < 16; n++) {
    const seed = page * 31 + n * 7
    const day = (seed % 27) + 1
    lines.push(`${String(day).padStart(2, '0')}/${String((seed % 12) + 1).padStart(2, '0')}/202${2 + (page % 5)} Job ${400_000 + page * 16 + n}. Reported by ${WHO[seed % WHO.length]}: ${FAULTS[seed % FAULTS.length]}. Operative ${200 + (seed % 40)}. Completed.`)
    lines.push('')
  }
  return { heading: `Contact and repairs log, sheet ${page}`, lines }
}

export const PAPERS: Record<number, Paper> = {
  1: { sheets: tenancy, pages: tenancy.length },
  2: { sheets: asb, pages: asb.length },
  3: { sheets: legal, pages: legal.length },
  4: { sheets: repairs, pages: 2000 },
  5: { sheets: asb.slice(2), pages: 1 },
  6: { sheets: repairs, pages: 38 },
}

const document = (id: number, request: number, position: number, title: string, dated: string | null, more: Partial<Document> = {}): Document => ({
  id, request, position, title, dated, pages: PAPERS[id]?.pages ?? 1, size: 84_000 * (PAPERS[id]?.pages ?? 1) + 31_207,
  sha256: `${'0123456789abcdef'.repeat(4)}`.split('').map((c, n) => ((parseInt(c, 16) * (id + n + 3)) % 16).toString(16)).join(''),
  disclosure: 'disclosed', withheld_code: null, added: '2026-11-04', seen: [], ...more,
})

export const DOCUMENTS: Document[] = [
  document(1, 41, 1, 'Tenancy file, Flat 3', '2022-02-14', { seen: [1, 2, 3] }),
  document(2, 41, 2, 'Anti-social behaviour case 22/1187', '2026-03-03', { seen: [1] }),
  document(3, 41, 3, 'Note of advice, Fenwick Saltmarsh', '2026-04-01', { disclosure: 'withheld', withheld_code: 'LPP' }),
  document(4, 41, 4, 'Contact and repairs log 2022 to 2026', null),
  document(5, 41, 5, 'Closing letter, 30 April 2026', '2026-04-30', { seen: [1] }),
  document(6, 34, 1, 'Repairs log', '2026-06-30', { seen: Array.from({ length: 38 }, (_, n) => n + 1) }),
]
