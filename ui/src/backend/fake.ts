/** A desk in memory with invented people, for tests, `npm run dev` and pictures. It is not part of the product. */
import { add, between, short } from './fake/days'
import { propose } from './fake/finds'
import { clockOf } from './fake/clocks'
import { CODES } from './fake/codes'
import { pageView, picture, type Gone } from './fake/pages'
import { DOCUMENTS, ORGANISATION, PAPERS, REQUESTS, TODAY } from './fake/people'
import type { CallOptions, Host, Input, Name, Output } from './host'
import type { Calls, Document, Fault, FaultCode, HistoryRow, Mark, MarkView, Organisation, PackPlan, PackView, Place, Preferences, Progress, Request, RequestView, VaultState, Which } from './wire.gen'

export interface FakeOptions {
  state?: VaultState
  which?: Which
  /** Milliseconds each call takes. */
  delay?: number
  /** Pages of the handbook by key, as Markdown. */
  handbook?: Record<string, string>
}

const KEY = ['7K2M', 'Q9TX', '4HVB', 'N8RD', 'P3WJ', 'Z6CE', '1FGY', 'S5AT', 'X4MQ']
const PHRASE = 'heron kettle ribbon marsh lantern'

type Handlers = { [K in Name]: (input: Input<K>, options: CallOptions) => Output<K> | Promise<Output<K>> }

export function fault(what: string, next: string, code: FaultCode | null = 'refused', field: string | null = null, safe = 'Nothing was changed.'): Fault {
  return { what, safe, next, code, field }
}

interface Step {
  says: string
  document: number | null
  before: string
  after: string
}

export class FakeHost implements Host {
  private vault: VaultState
  private which: Which
  private own: boolean
  private confirmed = true
  private preferences: Preferences = { theme: 'system', text: 100 }
  private wrong = 0
  private waitUntil = 0
  private organisation: Organisation = structuredClone(ORGANISATION)
  private requests: Request[] = structuredClone(REQUESTS)
  private documents: Document[] = structuredClone(DOCUMENTS)
  private marks: Mark[] = []
  private packs: PackView[] = []
  private journal: HistoryRow[] = []
  private letters: Record<number, Record<string, string>> = {}
  private steps: Record<number, Step[]> = {}
  private undone: Record<number, Step[]> = {}
  private listeners = new Set<() => void>()
  private next = 900
  private clicks = 0
  private hour = 9 * 60
  printed = 0
  touched = 0

  constructor(private readonly options: FakeOptions = {}) {
    this.vault = options.state ?? 'open'
    this.which = options.which ?? 'own'
    this.own = this.vault !== 'none'
    this.seed()
  }

  async call<K extends Name>(name: K, input: Input<K>, options: CallOptions = {}): Promise<Output<K>> {
    if (this.options.delay) await wait(this.options.delay)
    else await Promise.resolve()
    const free: Name[] = ['vault_status', 'phrase_strength', 'vault_new', 'vault_unlock', 'vault_lock', 'practice_open', 'handbook']
    if (this.vault !== 'open' && !free.includes(name)) {
      throw fault('The vault is locked.', 'Unlock it with your passphrase.', 'locked', null, 'Everything saved is safe in it.')
    }
    const handlers: Handlers = this.handlers
    return structuredCloneKeepingBytes(await handlers[name](structuredClone(input), options))
  }

  touch() {
    this.touched += 1
  }
  onLocked(callback: () => void) {
    this.listeners.add(callback)
    return () => this.listeners.delete(callback)
  }
  print() {
    this.printed += 1
    if (typeof window !== 'undefined' && 'print' in window && !navigator.userAgent.includes('jsdom')) window.print()
  }
  /** Plays the idle lock. */
  lock() {
    this.vault = 'locked'
    for (const tell of this.listeners) tell()
  }

  private get status(): Calls['vault_status']['output'] {
    return {
      state: this.vault, which: this.which, folder: '/home/morag/.local/share/guardbook', own_exists: this.own, practice_exists: this.which === 'practice',
      organisation: this.vault === 'open' ? this.organisation.name : null, wait_seconds: Math.max(0, Math.ceil((this.waitUntil - Date.now()) / 1000)),
      recovery_confirmed: this.confirmed, lock_after_minutes: this.organisation.lock_after_minutes, version: '0.1.0', today: TODAY, default_regulator: structuredClone(ORGANISATION.regulator),
    }
  }

  private find<T extends { id: number }>(list: T[], id: number): T {
    const found = list.find((it) => it.id === id)
    if (!found) throw fault('That is no longer there.', 'Go back to the list and open it again.', 'not_found')
    return found
  }
  private request(id: number) {
    return this.find(this.requests, id)
  }
  private document(id: number) {
    return this.find(this.documents, id)
  }
  private note(request: number | null, says: string, touched: string) {
    this.hour += 7
    const clock = `${String(Math.floor(this.hour / 60) % 24).padStart(2, '0')}:${String(this.hour % 60).padStart(2, '0')}`
    this.journal.unshift({ seq: this.journal.length + 1, at: `${TODAY}T${clock}:00Z`, when: `${short(TODAY)}, ${clock}`, actor: this.organisation.officer.name, says, touched: `${request ? `request ${request}` : 'vault'}: ${touched}` })
  }

  /** Runs a change on a request that Ctrl+Z can take back. */
  private act<T>(request: number, document: number | null, says: string, touched: string, change: () => T): T {
    const keep = () => JSON.stringify([this.requests, this.documents, this.marks])
    const before = keep()
    const answer = change()
    ;(this.steps[request] ??= []).push({ says, document, before, after: keep() })
    this.undone[request] = []
    this.note(request, says, touched)
    return answer
  }
  private step(request: number, back: boolean): Calls['undo']['output'] {
    const from = ((back ? this.steps : this.undone)[request] ??= [])
    const to = ((back ? this.undone : this.steps)[request] ??= [])
    const step = from.pop()
    if (!step) return { says: null, document: null }
    ;[this.requests, this.documents, this.marks] = JSON.parse(back ? step.before : step.after)
    to.push(step)
    const says = `${back ? 'Undone' : 'Done again'}: ${step.says.charAt(0).toLowerCase()}${step.says.slice(1)}`
    this.note(request, says, 'undo')
    return { says, document: step.document }
  }
  private can(request: number) {
    return { can_undo: this.steps[request]?.at(-1)?.says ?? null, can_redo: this.undone[request]?.at(-1)?.says ?? null }
  }

  private view(id: number): RequestView {
    const request = this.request(id)
    const documents = this.documents.filter((d) => d.request === id).sort((a, b) => a.position - b.position)
    return {
      request, clock: clockOf(request, TODAY), packs: this.packs.filter((p) => p.pack.request === id), ...this.can(id),
      documents: documents.map((document) => {
        const marks = this.marks.filter((m) => m.document === document.id).map((m) => this.markView(m))
        return {
          document, marks: marks.length, unfinished: marks.filter((m) => m.gaps.length).length,
          marked_pages: [...new Set(marks.flatMap((m) => m.places.map((p) => p.page)))].sort((a, b) => a - b),
          duplicate_of: null,
          notices: document.id === 4 ? ['14 pages hold pictures of text that Find cannot search: look at them one by one.'] : document.id === 5 ? ['Pages 1 also stands in document 2.'.replace('Pages', 'Page')] : [],
        }
      }),
    }
  }

  private places(document: number, find: string, whole: boolean, only: number | null = null): Place[] {
    const wanted = find.toLowerCase().split(/\s+/).filter(Boolean)
    if (!wanted.length) return []
    const paper = PAPERS[document] ?? PAPERS[6]!
    const found: Place[] = []
    for (let page = 1; page <= Math.min(paper.pages, 60); page++) {
      if (only && only !== page) continue
      const words = pageView(paper, page).words
      for (let n = 0; n + wanted.length <= words.length; n++) {
        const run = words.slice(n, n + wanted.length)
        const fits = run.every((w, k) => {
          const text = w.text.toLowerCase().replace(/[.,;:!?]$/, '')
          return whole || wanted.length > 1 ? text === wanted[k] : text.includes(wanted[k]!)
        })
        if (!fits) continue
        const lines = new Map<number, [number, number, number, number]>()
        for (const w of run) {
          const r = lines.get(w.line)
          lines.set(w.line, r ? [Math.min(r[0], w.rect[0]), Math.min(r[1], w.rect[1]), Math.max(r[2], w.rect[2]), Math.max(r[3], w.rect[3])] : [...w.rect])
        }
        found.push({ page, rects: [...lines.values()] })
      }
    }
    return found
  }

  private markView(mark: Mark): MarkView {
    const shape = mark.shape
    const places: Place[] =
      shape.shape === 'rect' ? [{ page: shape.page, rects: [shape.rect] }]
      : shape.shape === 'words' ? [{ page: shape.page, rects: shape.rects }]
      : shape.shape === 'whole_page' ? [{ page: shape.page, rects: [[0, 0, 595, 842]] }]
      : this.places(mark.document, shape.find, shape.whole_word, shape.page)
    const code = CODES.find((c) => c.code === mark.code)
    const gaps = !code ? ['Choose a code: a mark without one stops the pack.'] : code.questions.filter((q) => q.required && !mark.answers.find((a) => a.question === q.key)?.answer).map((q) => `Not answered: ${q.text}`)
    if (code?.expires && !mark.review_on) gaps.push('This ground expires: give a day to reconsider it.')
    return { mark, places, gaps, caution: shape.shape === 'phrase' && mark.document === 4 ? 'Search cannot see 112 characters on page 3; read it.' : null }
  }
  private marksOf(document: number): Calls['marks']['output'] {
    const marks = this.marks.filter((m) => m.document === document).map((m) => this.markView(m))
    return { document, marks: marks.sort((a, b) => (a.places[0]?.page ?? 0) - (b.places[0]?.page ?? 0) || a.mark.id - b.mark.id), ...this.can(this.document(document).request) }
  }

  private plan(id: number): PackPlan {
    const view = this.view(id)
    const gates: PackPlan['gates'] = []
    const gate = (says: string, missing: string, tab: string, document: number | null = null, page: number | null = null) => gates.push({ says, met: missing === '', missing, tab, document, page })
    const held = view.documents.filter((d) => d.document.disclosure === 'withheld')
    const shown = view.documents.filter((d) => d.document.disclosure === 'disclosed')
    gate('There is at least one document', view.documents.length ? '' : 'No document has been added.', 'documents')
    gate('The person has an address for the answer', view.request.subject.address.some(Boolean) ? '' : 'No postal address is recorded.', 'request')
    gate('The clock is running', view.clock.state === 'not_started' ? view.clock.says : '', 'clock')
    gate('Every withheld document has a code', held.some((d) => !d.document.withheld_code) ? 'A withheld document has no code.' : '', 'documents')
    const marks = shown.flatMap((d) => this.marksOf(d.document.id).marks.map((m) => ({ ...m, document: d.document.id })))
    const bare = marks.find((m) => !m.mark.code)
    gate('Every mark has a code', bare ? `${marks.filter((m) => !m.mark.code).length} without a code, the first on page ${bare.places[0]?.page}.` : '', 'redact', bare?.document, bare?.places[0]?.page)
    const open = marks.find((m) => m.mark.code && m.gaps.length)
    gate('Every question is answered', open ? `${marks.filter((m) => m.mark.code && m.gaps.length).length} marks with an open question, the first on page ${open.places[0]?.page}.` : '', 'redact', open?.document, open?.places[0]?.page)
    for (const d of shown) {
      const left = d.document.pages - d.document.seen.length
      const first = firstUnseen(d.document)
      gate(`Every page of “${d.document.title}” has been seen`, left ? `${left.toLocaleString('en-GB')} of ${d.document.pages.toLocaleString('en-GB')} pages not yet seen, the first is page ${first}.` : '', 'redact', d.document.id, first)
    }
    const words = this.letters[id] ?? {}
    const part = (key: string, label: string, provision: string, text: string) => ({ key, label, provision, text: words[key] ?? text })
    const parts = [
      part('purposes', 'Why we use the information', 'Art 15(1)(a)', 'We use it to manage your tenancy, your rent account and repairs, and to deal with reports of anti-social behaviour.'),
      part('categories', 'What kinds of information', 'Art 15(1)(b)', 'Contact details, tenancy and rent records, repair records, notes of calls and visits.'),
      part('recipients', 'Who has been given it', 'Art 15(1)(c)', 'Our repairs contractor, Anchor & Reed Maintenance Limited, and Wherrymarsh District Council’s benefits team.'),
      part('retention', 'How long it is kept', 'Art 15(1)(d)', 'Tenancy records are kept for six years after the tenancy ends; anti-social behaviour cases for two years after they close.'),
      part('source', 'Where it came from', 'Art 15(1)(g)', id === 41 ? '' : 'You, our staff, and our contractors.'),
    ]
    const silent = parts.find((p) => !p.text.trim())
    gate('Every part of the letter has words', silent ? `“${silent.label}” is empty.` : '', 'pack')
    const rows = view.documents.map((d) => ({
      position: d.document.position, document: d.document.id, title: d.document.title, dated: d.document.dated, pages: d.document.pages, marks: d.marks,
      outcome: d.document.disclosure === 'withheld' ? 'withheld' : d.marks ? 'in part' : 'in full',
      codes: d.document.disclosure === 'withheld' ? [d.document.withheld_code ?? ''].filter(Boolean) : [...new Set(this.marksOf(d.document.id).marks.map((m) => m.mark.code).filter((c): c is string => !!c))],
    }))
    return {
      request: id, gates, ready: gates.every((g) => g.met), rows, codes: [...new Set(rows.flatMap((r) => r.codes))], letter: { request: id, parts },
      ahead: this.aheadOf(shown.map((d) => d.document)),
      cautions: ['You decided every mark yourself; the pack will say that they were self-authorised.'],
    }
  }

  /** What was looked ahead at: documents with the marks they had then. */
  private foreseen = new Map<number, string>()
  private comparedPages = new Set<string>()
  private marksKey = (document: number) => JSON.stringify(this.marks.filter((m) => m.document === document).map((m) => [m.shape, m.code]))
  private goes(document: number, page: number): Calls['page_outcome']['output'] {
    const picture = document === 2 && page === 3
    return {
      page, how: picture ? 'picture' : 'rebuilt', compared: this.comparedPages.has(`${document}/${page}`),
      says: picture ? `Page ${page} becomes a picture, because it is shaded with a mesh of colours.` : `Page ${page} is rebuilt.`,
      concerns: document === 2 && page === 2 ? ['A font is not in the file, and another was drawn in its place.'] : [],
    }
  }
  private aheadOf(documents: Document[]): PackPlan['ahead'] {
    const views = documents.map((d) => {
      const known = this.foreseen.get(d.id) === this.marksKey(d.id)
      const each = known ? Array.from({ length: d.pages }, (_, n) => this.goes(d.id, n + 1)) : []
      const runs: PackPlan['ahead']['documents'][number]['runs'] = []
      for (const { page, how, says } of each) {
        const last = runs.at(-1)
        if (last && last.how === how) Object.assign(last, { to: page, says: `Pages ${last.from}–${page} are rebuilt.` })
        else runs.push({ from: page, to: page, how, says })
      }
      return { document: d.id, position: d.position, known, runs, refused: '', concerns: each.filter((o) => o.concerns.length).map(({ page, concerns, compared }) => ({ page, says: concerns, compared })) }
    })
    const unknown = documents.reduce((n, d, k) => n + (views[k]!.known ? 0 : d.pages), 0)
    return { unknown, at_once: unknown <= 400, documents: views }
  }

  private handlers: Handlers = {
    vault_status: () => this.status,
    phrase_strength: ({ phrase }) => {
      const words = phrase.trim().split(/\s+/).filter((w) => w.length > 2)
      if (!phrase) return { score: 0, enough: false, says: 'Choose five or more words that do not belong together.' }
      if (/password|wherrymarsh|1234/i.test(phrase)) return { score: 0, enough: false, says: 'Anybody who tries the usual words would find this within seconds.' }
      const score = Math.min(4, Math.max(phrase.length > 14 ? 1 : 0, words.length - 1))
      const says = ['Somebody with this laptop would find it within minutes.', 'Somebody with this laptop would find it within a day.', 'Somebody with this laptop and a fast computer would need some weeks.', 'Good: centuries of guessing with today’s computers.', 'Ample: nobody will guess this.'][score]!
      return { score, enough: score >= 3, says }
    },
    vault_new: ({ organisation, phrase }) => {
      if (!organisation.name.trim()) throw fault('The organisation has no name.', 'Give its legal name.', 'refused', 'name')
      if (phrase.trim().split(/\s+/).length < 4) throw fault('This passphrase is too easy to guess.', 'Choose five or more words that do not belong together.', 'refused', 'phrase')
      this.organisation = organisation
      this.clear()
      this.own = true
      this.vault = 'open'
      this.confirmed = false
      this.note(null, 'The vault was made', 'vault')
      return { recovery_key: KEY.join('-'), ask_back: [3, 7] }
    },
    vault_unlock: ({ which, by, secret }) => {
      if (this.waitUntil > Date.now()) throw fault(`Wait ${this.status.wait_seconds} seconds before trying again.`, 'The wait grows with every wrong phrase.', 'wrong_phrase', null, 'The vault is untouched.')
      const right = by === 'phrase' ? secret === PHRASE || secret === 'open' : secret.replace(/\W/g, '').toUpperCase() === KEY.join('')
      if (!right) {
        this.wrong += 1
        this.waitUntil = Date.now() + (this.wrong > 1 ? 2 ** this.wrong * 1000 : 0)
        throw fault(by === 'phrase' ? 'That passphrase does not open this vault.' : 'That recovery key does not open this vault.', 'Check Caps Lock and the spaces between the words, then type it again.', 'wrong_phrase', 'secret', 'The vault is untouched.')
      }
      this.wrong = 0
      this.which = which
      this.vault = 'open'
      this.note(null, 'The vault was opened', 'vault')
      return this.status
    },
    vault_lock: () => {
      this.vault = 'locked'
      return this.status
    },
    practice_open: () => {
      this.which = 'practice'
      this.vault = 'open'
      this.confirmed = true
      return this.status
    },
    handbook: ({ key }) => {
      const text = this.options.handbook?.[key] ?? `# ${key}\n\nThis page says how ${key} works.`
      const [title = '', ...rest] = text.split('\n')
      return { key, title: title.replace(/^# /, ''), text: rest.join('\n').trim() }
    },
    recovery_sheet_save: () => ({ name: 'Guardbook recovery sheet.pdf' }),
    recovery_confirm: ({ groups }) => {
      const plain = (text: string) => text.toUpperCase().trim()
      if (plain(groups[0]) !== KEY[2] || plain(groups[1]) !== KEY[6]) throw fault('Those groups are not the ones on the sheet.', 'Look at the printed sheet again and type groups 3 and 7.', 'refused', 'groups', 'The vault is made and safe.')
      this.confirmed = true
      return this.status
    },
    recovery_again: ({ phrase }) => {
      if (phrase !== PHRASE && phrase !== 'open') throw fault('That is not the passphrase.', 'Type it again.', 'refused', 'phrase')
      this.confirmed = false
      this.note(null, 'A new recovery key was made', 'vault')
      return { recovery_key: KEY.join('-'), ask_back: [3, 7] }
    },
    preferences: () => this.preferences,
    preferences_save: (preferences) => (this.preferences = preferences),
    organisation: () => this.organisation,
    organisation_save: (organisation) => {
      if (!organisation.name.trim()) throw fault('The organisation has no name.', 'Give its legal name.', 'refused', 'name')
      this.organisation = organisation
      this.note(null, 'The organisation’s particulars were changed', 'organisation')
      return organisation
    },
    today: () => this.today(),
    requests: ({ text, state }) =>
      this.requests
        .filter((r) => (!state || r.state === state) && `${r.reference} ${r.subject.name}`.toLowerCase().includes(text.toLowerCase()))
        .map((r) => {
          const view = this.view(r.id)
          return { id: r.id, reference: r.reference, person: r.subject.name, right: r.right, received: r.received, state: r.state, clock: view.clock, documents: view.documents.length, marks: view.documents.reduce((n, d) => n + d.marks, 0) }
        })
        .sort((a, b) => Number(a.state === 'closed') - Number(b.state === 'closed') || (a.clock.days_left ?? 99) - (b.clock.days_left ?? 99)),
    request_log: (facts) => {
      if (!facts.subject.name.trim()) throw fault('The request has no name.', 'Say who it is about.', 'refused', 'subject.name')
      if (!facts.received) throw fault('The request has no day of receipt.', 'Say when anybody in the organisation received it.', 'refused', 'received')
      if (facts.received > TODAY) throw fault('That day has not come yet.', 'Give the day somebody received the request.', 'refused', 'received')
      const id = Math.max(0, ...this.requests.map((r) => r.id)) + 1
      this.requests.push({ ...facts, id, reference: `GB-2026-${String(id).padStart(4, '0')}`, logged: TODAY, clock: { identity: null, authority: null, fee: null, clarifications: [], extension: null }, state: 'open', closed: null })
      this.note(id, 'The request was logged', 'request')
      return this.view(id)
    },
    request: ({ id }) => this.view(id),
    request_change: ({ request, facts }) => {
      if (!facts.subject.name.trim()) throw fault('The request has no name.', 'Say who it is about.', 'refused', 'subject.name')
      this.act(request, null, 'The facts of the request were corrected', 'facts', () => Object.assign(this.request(request), facts))
      return this.view(request)
    },
    clock_preview: ({ received, right }) => clockOf({ received, right, state: 'open', closed: null, clock: { identity: null, authority: null, fee: null, clarifications: [], extension: null } }, TODAY),
    clock_event: ({ request, event }) => {
      const clock = this.request(request).clock
      const act = (says: string, change: () => void) => this.act(request, null, says, 'clock', change)
      if (event === 'clarification_removed') act('The last clarification was taken off', () => void clock.clarifications.pop())
      else if ('identity' in event) act('Identity evidence was recorded', () => (clock.identity = event.identity))
      else if ('authority' in event) act('Authority was recorded', () => (clock.authority = event.authority))
      else if ('fee' in event) act('A fee was recorded', () => (clock.fee = event.fee))
      else if ('extension' in event) act('The extension was recorded', () => (clock.extension = event.extension))
      else if ('clarification_asked' in event) act('Clarification was asked for', () => void clock.clarifications.push({ ...event.clarification_asked, answered: null }))
      else act('The clarification was answered', () => void (clock.clarifications.at(-1)!.answered = event.clarification_answered.answered))
      return this.view(request)
    },
    documents_add: ({ id }) => {
      this.clicks += 1
      const add = (title: string, paper: number) => {
        const key = ++this.next
        PAPERS[key] = PAPERS[paper]!
        this.documents.push({ ...structuredClone(DOCUMENTS[0]!), id: key, request: id, title, dated: null, pages: PAPERS[key].pages, position: this.documents.filter((d) => d.request === id).length + 1, seen: [], added: TODAY })
      }
      this.act(id, null, 'A document was added', 'documents', () => add('E-mails between officers, March 2026', 2))
      return {
        request: this.view(id), added: 1,
        refused: [{ name: 'scan0044.tif', fault: fault('This file is not a PDF, or its beginning is damaged.', 'Ask for the document again, or print it to PDF.', 'unreadable', null, 'The other files came in.') }],
        waiting: [{ token: 'w1', name: 'Housing panel minutes.pdf', wrong: false }],
      }
    },
    document_password: ({ request, password }) => {
      if (password !== 'marsh') return { request: this.view(request), added: 0, refused: [], waiting: [{ token: 'w1', name: 'Housing panel minutes.pdf', wrong: true }] }
      this.act(request, null, 'A document was added', 'documents', () => {
        const key = ++this.next
        PAPERS[key] = PAPERS[1]!
        this.documents.push({ ...structuredClone(DOCUMENTS[0]!), id: key, request, title: 'Housing panel minutes', position: this.documents.filter((d) => d.request === request).length + 1, seen: [] })
      })
      return { request: this.view(request), added: 1, refused: [], waiting: [] }
    },
    document_change: (change) => {
      const document = this.document(change.document)
      this.act(document.request, document.id, `“${change.title}” was changed`, 'document', () => {
        const others = this.documents.filter((d) => d.request === document.request && d.id !== document.id).sort((a, b) => a.position - b.position)
        others.splice(change.position - 1, 0, document)
        Object.assign(document, { title: change.title, dated: change.dated, disclosure: change.disclosure, withheld_code: change.disclosure === 'withheld' ? change.withheld_code : null })
        others.forEach((d, n) => (d.position = n + 1))
      })
      return this.view(document.request)
    },
    document_remove: ({ id }) => {
      const document = this.document(id)
      this.act(document.request, null, `“${document.title}” was taken off`, 'document', () => {
        this.documents = this.documents.filter((d) => d.id !== id)
        this.marks = this.marks.filter((m) => m.document !== id)
        this.documents.filter((d) => d.request === document.request).sort((a, b) => a.position - b.position).forEach((d, n) => (d.position = n + 1))
      })
      return this.view(document.request)
    },
    page: ({ document, page }) => ({ ...pageView(PAPERS[document]!, page), ...(document === 4 && page === 3 ? { unreadable: 112, blind: 'Search cannot see 112 characters on page 3; read it.' } : {}) }),
    page_outcome: ({ document, page }) => this.goes(document, page),
    page_compared: ({ document, page }) => {
      this.comparedPages.add(`${document}/${page}`)
      return this.view(this.document(document).request)
    },
    page_picture: ({ document, page, dpi }) => picture(pageView(PAPERS[document]!, page), dpi),
    after_picture: async ({ document, page, dpi }) => {
      const gone: Gone[] = this.marksOf(document).marks.flatMap((m) => m.places.filter((p) => p.page === page).flatMap((p) => p.rects.map((rect) => ({ rect, code: m.mark.code }))))
      await wait(this.options.delay ?? 250)
      return picture(pageView(PAPERS[document]!, page), dpi, gone)
    },
    page_seen: ({ document: id, page }) => {
      const document = this.document(id)
      if (!document.seen.includes(page)) document.seen = [...document.seen, page].sort((a, b) => a - b)
      return this.view(document.request)
    },
    marks: ({ id }) => this.marksOf(id),
    mark_add: ({ document, mark }) => {
      this.act(this.document(document).request, document, 'A mark was made', 'mark', () => this.marks.push({ ...mark, id: ++this.next, document, decided_by: this.organisation.officer.name, decided_on: TODAY }))
      return this.marksOf(document)
    },
    mark_change: ({ mark: id, facts }) => {
      const mark = this.find(this.marks, id)
      this.act(this.document(mark.document).request, mark.document, 'A mark was changed', 'mark', () => Object.assign(mark, facts))
      return this.marksOf(mark.document)
    },
    mark_remove: ({ id }) => {
      const mark = this.find(this.marks, id)
      this.act(this.document(mark.document).request, mark.document, 'A mark was taken away', 'mark', () => (this.marks = this.marks.filter((m) => m.id !== id)))
      return this.marksOf(mark.document)
    },
    phrase_find: ({ document, find, whole_word }) => {
      const places = this.places(document, find, whole_word)
      return { total: places.length, places, caution: document === 4 ? '14 pages of this document hold pictures of text that Find cannot see.' : null }
    },
    proposals: ({ id }) => propose((find) => this.places(id, find, true), (page) => pageView(PAPERS[id]!, page)),
    undo: ({ id }) => this.step(id, true),
    redo: ({ id }) => this.step(id, false),
    codes: () => CODES,
    pack_plan: ({ id }) => this.plan(id),
    pack_foresee: async ({ id }, { progress, signal }) => {
      const shown = this.documents.filter((d) => d.request === id && d.disclosure === 'disclosed')
      for (const d of shown) {
        for (let done = 0; done <= 4; done++) {
          if (signal?.aborted) throw fault('Looking ahead was stopped.', 'Start it again when you are ready.', 'cancelled', null, 'Nothing was changed; what was found so far is kept until you lock.')
          progress?.({ stage: `Document ${d.position} of ${shown.length}: rebuilding pages`, done: Math.round((d.pages * done) / 4), total: d.pages } satisfies Progress)
          await wait(this.options.delay ?? 60)
        }
        this.foreseen.set(d.id, this.marksKey(d.id))
      }
      return this.plan(id)
    },
    letter_save: ({ request, parts }) => {
      this.letters[request] = Object.fromEntries(parts.map((p) => [p.key, p.text]))
      return this.plan(request)
    },
    pack_seal: async ({ id }, { progress, signal }) => {
      const plan = this.plan(id)
      const missing = plan.gates.find((g) => !g.met)
      if (missing) throw fault(`The pack cannot be sealed: ${missing.missing}`, 'Put right what the list says, then seal again.')
      const stages = ['Rebuilding documents', 'Proving that nothing marked is left', 'Setting the letter and the schedule', 'Joining the pack']
      const pages = plan.rows.reduce((n, r) => n + (r.outcome === 'withheld' ? 0 : r.pages), 0)
      for (const stage of stages) {
        const total = stage === 'Joining the pack' ? 1 : Math.max(4, Math.min(pages, 60))
        for (let done = 0; done <= total; done += Math.max(1, Math.floor(total / 12))) {
          if (signal?.aborted) throw fault('You stopped the sealing.', 'Seal again when you are ready.', 'cancelled', null, 'Nothing was written; every mark is where it was.')
          progress?.({ stage, done: Math.min(done, total), total } satisfies Progress)
          await wait(this.options.delay ?? 60)
        }
      }
      for (const p of this.packs) if (p.pack.request === id) p.superseded = true
      const pack: PackView = { superseded: false, sealed_on: TODAY, sent: null, pack: { id: ++this.next, request: id, number: this.packs.filter((p) => p.pack.request === id).length + 1, sealed_at: `${TODAY}T14:26:00Z`, sha256: '9f2c41d07be55a8831c6e0aa4d92f3b7581c64e09ab2d37f6610c8e5347bd21a', size: 1_284_331, pages: pages + 4, certificate: JSON.stringify(certificate(plan)) } }
      this.packs.unshift(pack)
      this.request(id).state = 'sealed'
      this.note(id, `Pack ${pack.pack.number} was sealed`, 'pack')
      return pack
    },
    pack_save: ({ id }) => ({ name: `${this.request(this.packs.find((p) => p.pack.id === id)!.pack.request).reference} pack.pdf` }),
    pack_save_file_copy: ({ id }) => ({ name: `${this.request(this.packs.find((p) => p.pack.id === id)!.pack.request).reference} INTERNAL file copy.pdf` }),
    pack_save_certificate: ({ id }) => ({ name: `${this.request(this.packs.find((p) => p.pack.id === id)!.pack.request).reference}.certificate.json` }),
    pack_picture: ({ page, dpi }) => picture(pageView(PAPERS[2]!, ((page - 1) % 3) + 1), dpi, [{ rect: [58, 130, 300, 142], code: '3P' }], `Sealed pack, page ${page}`),
    pack_sent: ({ pack: id, sending }) => {
      const pack = this.packs.find((p) => p.pack.id === id)!
      pack.sent = sending
      Object.assign(this.request(pack.pack.request), { state: 'closed', closed: sending.on })
      this.note(pack.pack.request, 'The pack was sent', 'pack')
      return this.view(pack.pack.request)
    },
    history: ({ id }) => this.journal.filter((row) => row.touched.startsWith(`request ${id}:`)),
    journal: () => ({ rows: this.journal, total: this.journal.length, head: '4be1a07c93d25f68', unbroken: true }),
    search: ({ text }) => {
      const wanted = text.toLowerCase()
      return [
        ...this.requests.filter((r) => `${r.reference} ${r.subject.name}`.toLowerCase().includes(wanted)).map((r) => ({ title: r.subject.name, detail: `${r.reference} · ${clockOf(r, TODAY).says}`, request: r.id })),
        ...this.documents.filter((d) => d.title.toLowerCase().includes(wanted)).map((d) => ({ title: d.title, detail: `Document ${d.position} of ${this.request(d.request).reference}`, request: d.request })),
      ].slice(0, 8)
    },
  }

  private today(): Calls['today']['output'] {
    const open = this.requests.filter((r) => r.state !== 'closed').map((r) => ({ r, clock: clockOf(r, TODAY) }))
    const row = ({ r, clock }: (typeof open)[number], why: string, tab: string) => ({ request: r.id, reference: r.reference, person: r.subject.name, why, tab, clock })
    const pick = (from: number, to: number) => open.filter(({ clock }) => clock.days_left !== null && clock.days_left >= from && clock.days_left <= to).sort((a, b) => a.clock.days_left! - b.clock.days_left!)
    const why = (it: (typeof open)[number]): [string, string] =>
      it.r.state === 'sealed' ? ['The pack is sealed and has not been sent', 'pack'] : it.r.id === 41 ? ['2 documents are marked; 2,002 pages are still to be seen', 'redact'] : it.r.right === 'access' ? ['No documents yet', 'documents'] : ['Answer the request', 'request']
    const groups = [
      { heading: 'Overdue', rows: pick(-999, -1).map((it) => row(it, 'Past the last lawful day: answer, and tell the person why it is late', 'documents')) },
      { heading: 'This week', rows: pick(0, 7).map((it) => row(it, ...why(it))) },
      { heading: 'Later', rows: pick(8, 999).map((it) => row(it, ...why(it))) },
      { heading: 'Waiting on someone', rows: open.filter(({ clock }) => clock.days_left === null).map((it) => row(it, it.clock.state === 'paused' ? 'Clarification asked on 13 November, not answered' : 'Authority asked for on 13 November, not received', 'clock')) },
    ].filter((g) => g.rows.length)
    const due = open.filter(({ clock }) => clock.cautious_due)
    const days = [...new Set(due.map(({ clock }) => clock.cautious_due!))].sort()
    const strip = days.map((on) => {
      const there = due.filter(({ clock }) => clock.cautious_due === on)
      return { on, due: there.length, says: there.map(({ r }) => `${r.reference} ${r.subject.name}`).join(', ') }
    })
    if (this.requests.length) strip.push({ on: add(TODAY, 120), due: 1, says: 'Reconsider a mark under NEG in GB-2026-0031' })
    return {
      date: TODAY, groups,
      figures: [
        { label: 'Open requests', value: open.length, note: `${between('2026-11-01', TODAY)} days into the month` },
        { label: 'Overdue', value: open.filter(({ clock }) => clock.state === 'overdue').length, note: 'past the last lawful day' },
        { label: 'Answered in time', value: this.requests.filter((r) => r.state === 'closed').length, note: 'of those closed this year' },
        { label: 'Waiting on someone', value: open.filter(({ clock }) => clock.days_left === null).length, note: 'clarification, identity or authority' },
      ],
      strip,
    }
  }

  /** A vault whose recovery key was never checked back. */
  unchecked() {
    this.confirmed = false
  }

  /** A vault with nothing in it yet. */
  empty() {
    this.clear()
  }

  private clear() {
    this.requests = []
    this.documents = []
    this.marks = []
    this.packs = []
    this.journal = []
  }

  private seed() {
    const words = (document: number, page: number, find: string, code: string | null, answers: Record<string, string> = {}, nth = 0) => {
      const place = this.places(document, find, true, page)[nth]
      if (!place) return
      this.marks.push({ id: ++this.next, document, decided_by: this.organisation.officer.name, decided_on: '2026-11-19', code, note: '', review_on: null, answers: Object.entries(answers).map(([question, answer]) => ({ question, answer })), shape: { shape: 'words', page, rects: place.rects, text: find } })
    }
    const third = { identifies: 'yes', consent: 'consent-1', reasonable: 'A neighbour who asked not to be named and fears a dispute.' }
    this.marks.push({ id: ++this.next, document: 2, decided_by: this.organisation.officer.name, decided_on: '2026-11-19', code: '3P', note: 'Elderly; asked on the telephone not to be named.', review_on: null, answers: Object.entries(third).map(([question, answer]) => ({ question, answer })), shape: { shape: 'phrase', find: 'Bernard Quillfeather', page: null, whole_word: true } })
    words(2, 1, 'of Flat 5', '3P', third)
    words(2, 1, 'Delyth Marchbanks', '3PS', {})
    words(2, 1, '01632 960 227', '3P', third)
    words(2, 1, 'code 4471', 'SEC')
    words(1, 1, 'Mr Leopold Harwich', '3P', third)
    words(1, 1, 'Nkechi Okonkwo', null)
    for (const [id, says] of [[36, 'The request was logged'], [41, 'The request was logged'], [41, 'A document was added'], [41, 'A document was added'], [41, '“Note of advice, Fenwick Saltmarsh” was withheld under LPP'], [43, 'Clarification was asked for'], [41, 'A mark was made'], [41, 'A mark was made'], [34, 'Pack 1 was sealed']] as const) this.note(id, says, 'request')
    this.packs.push({ superseded: false, sealed_on: '2026-11-20', sent: null, pack: { id: 801, request: 34, number: 1, sealed_at: '2026-11-20T15:12:00Z', sha256: '4d92f3b7581c64e09ab2d37f6610c8e5347bd21a9f2c41d07be55a8831c6e0aa', size: 2_114_902, pages: 42, certificate: JSON.stringify(certificate(this.plan(34))) } })
  }
}

function certificate(plan: PackPlan) {
  const checks = ['Text of every page searched for every marked phrase', 'Metadata, attachments, forms and hidden layers searched', 'Every marked place drawn and compared']
  return {
    reference: 'GB-2026-0034', sealed_at: `${TODAY}T14:26:05+00:00`, sealed_by: ORGANISATION.officer.name, guardbook: '0.1.0', result: 'Nothing that was marked could be found in the finished file.',
    pack_sha256: '9f2c41d07be55a8831c6e0aa4d92f3b7581c64e09ab2d37f6610c8e5347bd21a', pages: plan.rows.reduce((n, r) => n + r.pages, 4),
    boxes_by_code: Object.fromEntries(plan.codes.map((c, n) => [c, n + 2])),
    documents: plan.rows.map((r) => ({
      position: r.position, disclosure: r.outcome, withheld_code: null, says: r.outcome === 'withheld' ? null : `${r.pages} pages, nothing left of what was marked`,
      redaction: r.outcome === 'withheld' ? null : { pages: r.pages, pages_pictured: 0, words_removed: r.marks * 2, checks: checks.map((name) => ({ name, found: 0, passed: true })), page_records: Array.from({ length: r.pages }, (_, n) => ({ page: n + 1, how: 'rebuilt', boxes: 0 })), warnings: [] },
    })),
  }
}

function firstUnseen(document: Document): number | null {
  for (let page = 1; page <= document.pages; page++) if (!document.seen.includes(page)) return page
  return null
}
const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))
function structuredCloneKeepingBytes<T>(value: T): T {
  return value instanceof ArrayBuffer ? value : (JSON.parse(JSON.stringify(value)) as T)
}
