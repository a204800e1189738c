/** One document being read and marked. */
import { getContext, setContext } from 'svelte'
import { asFault } from '../backend/host'
import type { CodeView, DocumentRow, Fault, Mark, MarkShape, MarkView, Marks, NewMark, PageOutcome, PageView, PhraseHits, ProposalView } from '../backend/wire.gen'
import type { OpenRequest } from '../state/record.svelte'
import { Pictures } from './pictures'
import { firstPage, isBox, nextUnseen, shapeOf, type Selection } from './lib'
import { NOTHING, gather, goOnFrom, placeKey, type Gathered, type ProposalGroup } from './proposals'

export type Panel = 'mark' | 'find' | 'marks'
/** The source, the result, or both. */
export type View = 'before' | 'after' | 'side'
export type Fit = 'width' | 'page' | number

export class Redaction {
  document = $state(0)
  page = $state(1)
  sheet = $state.raw<PageView | null>(null)
  marks = $state.raw<MarkView[]>([])
  selection = $state.raw<Selection | null>(null)
  /** Key of the mark that is picked out. */
  picked = $state<number | null>(null)
  panel = $state<Panel>('mark')
  view = $state<View>('before')
  fit = $state<Fit>('width')
  /** The code last used: Enter marks with it. */
  pen = $state<string | null>(null)
  private keeping: Promise<void> = Promise.resolve()
  find = $state('')
  whole = $state(true)
  hits = $state.raw<PhraseHits | null>(null)
  hitAt = $state(0)
  /** What the desk proposes for the open document; none until it has been asked. */
  proposals = $state.raw<ProposalView[] | null>(null)
  proposalFault = $state.raw<Fault | null>(null)
  looking = $state(false)
  /** The proposal that is looked at, by its place in the desk's list. */
  at = $state<number | null>(null)
  /** The code that accepting gives; none leaves it to each proposal's hint. */
  acceptAs = $state<string | null>(null)
  /** What was done last with proposals, for the eye and the reader. */
  did = $state('')
  marking = $state(false)
  readonly found: Gathered = $derived(this.proposals ? gather(this.proposals, this.marks, (one) => this.record.session.aside.has(placeKey(this.document, one))) : NOTHING)
  fault = $state.raw<Fault | null>(null)
  /** How the page that is open will be written, once the desk has said so. */
  outcome = $state.raw<PageOutcome | null>(null)
  outcomeFault = $state<string | null>(null)
  /** Grows when the pictures of After may have changed. */
  cut = $state(0)
  /** Set for a moment when the code picker should take the focus. */
  wantCode = $state(0)
  wantNote = $state(0)
  wantFind = $state(0)
  readonly pictures: Pictures
  private sheets = new Map<string, Promise<PageView>>()
  private asked = 0
  private searches = 0
  private reading = 0

  constructor(readonly record: OpenRequest) {
    this.pictures = new Pictures(record.session.host)
  }

  get rows(): DocumentRow[] {
    return this.record.view?.documents ?? []
  }
  get row(): DocumentRow | undefined {
    return this.rows.find((r) => r.document.id === this.document)
  }
  get pages() {
    return this.row?.document.pages ?? 1
  }
  get after() {
    return this.view === 'after'
  }
  get mark(): MarkView | undefined {
    return this.marks.find((m) => m.mark.id === this.picked)
  }
  code(code: string | null): CodeView | undefined {
    return this.record.session.codes.find((c) => c.code === code)
  }

  async open(document: number, page = 1) {
    if (document !== this.document) {
      this.document = document
      this.marks = []
      this.picked = null
      this.hits = null
      this.proposals = null
      this.proposalFault = null
      this.at = null
      this.did = ''
      void this.readMarks()
    }
    this.turn(page)
  }

  turn(page: number) {
    const to = Math.max(1, Math.min(this.pages, page))
    if (to !== this.page || !this.sheet) {
      this.selection = null
      this.sheet = null
    }
    this.page = to
    void this.readSheet()
  }

  async readSheet() {
    const number = ++this.asked
    const { document, page } = this
    try {
      const sheet = await this.sheetOf(document, page)
      if (number !== this.asked) return
      this.sheet = sheet
      this.fault = null
      if (page < this.pages) void this.sheetOf(document, page + 1).catch(() => undefined)
    } catch (thrown) {
      if (number === this.asked) this.fault = asFault(thrown)
    }
  }
  private sheetOf(document: number, page: number): Promise<PageView> {
    const key = `${document}/${page}`
    const before = this.sheets.get(key)
    if (before) return before
    const asked = this.record.session.ask('page', { document, page })
    this.sheets.set(key, asked)
    asked.catch(() => this.sheets.delete(key))
    if (this.sheets.size > 24) this.sheets.delete(this.sheets.keys().next().value!)
    return asked
  }

  /** Asks how the open page will be written. */
  async readOutcome() {
    const { document, page } = this
    const number = ++this.outcomes
    try {
      const found = await this.record.session.ask('page_outcome', { document, page })
      if (number !== this.outcomes) return
      this.outcome = found
      this.outcomeFault = null
    } catch (thrown) {
      if (number !== this.outcomes) return
      this.outcome = null
      this.outcomeFault = asFault(thrown).what
    }
  }
  private outcomes = 0
  /** The open page has stood beside what becomes of it: that is kept, where there is something to compare. */
  async compared() {
    const { document, page, outcome } = this
    if (!outcome || outcome.page !== page || outcome.compared || (outcome.how && !outcome.concerns.length)) return
    const view = await this.record.session.tell('page_compared', { document, page })
    if (view && view.request.id === this.record.id) this.record.view = view
    if (document === this.document && page === this.page) await this.readOutcome()
  }

  async readMarks() {
    const { document } = this
    const number = ++this.reading
    const found = await this.record.session.tell('marks', { id: document })
    if (found && document === this.document && number === this.reading) this.marks = found.marks
  }
  private take(found: Marks) {
    if (found.document !== this.document) return
    this.reading += 1
    this.marks = found.marks
    this.changed()
    this.record.session.saved()
  }
  /** Marks have changed: After must be drawn anew and the request's counts read again. */
  private changed() {
    this.pictures.forget('after_picture', this.document)
    this.outcome = null
    this.cut += 1
    void this.record.load()
    this.record.session.stale += 1
  }
  refresh() {
    void this.readMarks().then(() => this.changed())
  }

  async seen(page = this.page) {
    const row = this.row
    if (!row || row.document.seen.includes(page)) return
    const { document } = this
    const view = await this.record.session.tell('page_seen', { document, page })
    if (view && view.request.id === this.record.id) this.record.view = view
  }
  async nextUnseen() {
    const row = this.row
    if (!row) return
    await this.seen()
    const seen = this.row?.document.seen ?? []
    const next = nextUnseen(this.pages, seen, this.page)
    if (next !== null) return this.turn(next)
    const all = this.rows.filter((r) => r.document.disclosure === 'disclosed')
    const from = all.findIndex((r) => r.document.id === this.document)
    const other = [...all.slice(from + 1), ...all.slice(0, from)].find((r) => r.document.seen.length < r.document.pages)
    if (!other) return this.record.session.toast('Every page of every document has been seen')
    this.record.session.toast(`Every page of “${row.document.title}” has been seen`)
    void this.open(other.document.id, nextUnseen(other.document.pages, other.document.seen, other.document.pages) ?? 1)
  }

  /** Marks what is selected. */
  async markSelection(code: string | null) {
    const { selection, sheet } = this
    if (!selection || !sheet || (selection.kind === 'box' && !isBox(selection.rect))) return false
    return this.add(shapeOf(selection, sheet.words, this.page), code)
  }
  async add(shape: MarkShape, code: string | null) {
    const before = new Set(this.marks.map((m) => m.mark.id))
    const found = await this.record.session.tell('mark_add', { document: this.document, mark: { shape, code, note: '', answers: [], review_on: null } })
    if (!found) return false
    this.selection = null
    this.take(found)
    if (code) this.pen = code
    this.picked = found.marks.find((m) => !before.has(m.mark.id))?.mark.id ?? this.picked
    this.panel = 'mark'
    if (!code) this.wantCode += 1
    return true
  }
  /** Changes are kept one after another, each made from the mark as the one before left it: two quick answers both stay. */
  change(mark: Mark, to: Partial<NewMark> | ((now: Mark) => Partial<NewMark>)): Promise<boolean> {
    const next = this.keeping.then(() => this.keep(mark.id, to))
    this.keeping = next.then(() => {}, () => {})
    return next
  }
  private async keep(id: number, to: Partial<NewMark> | ((now: Mark) => Partial<NewMark>)) {
    const now = this.marks.find((m) => m.mark.id === id)?.mark
    if (!now) return false
    const { shape, code, note, answers, review_on } = now
    const wanted = typeof to === 'function' ? to(now) : to
    const found = await this.record.session.tell('mark_change', { mark: id, facts: { shape, code, note, answers, review_on, ...wanted } })
    if (!found) return false
    if (wanted.code) this.pen = wanted.code
    this.take(found)
    return true
  }
  async remove(mark: MarkView | undefined) {
    if (!mark) return
    const found = await this.record.session.tell('mark_remove', { id: mark.mark.id })
    if (!found) return
    this.picked = null
    this.take(found)
    this.record.session.toast('Mark taken away', { label: 'Undo', run: () => void this.record.undo() })
  }
  pick(mark: MarkView | null, turn = false) {
    this.picked = mark?.mark.id ?? null
    if (!mark) return
    this.selection = null
    this.panel = 'mark'
    const pages = mark.places.map((p) => p.page)
    if (turn && !pages.includes(this.page)) this.turn(firstPage(mark))
  }
  stepMark(way: -1 | 1) {
    if (!this.marks.length) return
    const at = this.marks.findIndex((m) => m.mark.id === this.picked)
    const to = at < 0 ? (way > 0 ? 0 : this.marks.length - 1) : (at + way + this.marks.length) % this.marks.length
    this.pick(this.marks[to]!, true)
  }

  async search() {
    const text = this.find.trim()
    const number = ++this.searches
    if (!text) {
      this.hits = null
      return
    }
    const found = await this.record.session.tell('phrase_find', { document: this.document, find: text, whole_word: this.whole })
    if (number !== this.searches) return
    this.hits = found ?? null
    this.hitAt = 0
    this.at = null
  }
  goHit(n: number) {
    const place = this.hits?.places[n]
    if (!place) return
    this.hitAt = n
    this.at = null
    this.turn(place.page)
  }
  /** Asks what to look at in the open document; once, for the pages do not change. */
  async propose() {
    const { document } = this
    if (!document || this.proposals || (this.looking && this.lookedAt === document)) return
    this.looking = true
    this.lookedAt = document
    this.proposalFault = null
    try {
      const found = await this.record.session.ask('proposals', { id: document })
      if (document === this.document) this.proposals = found
    } catch (thrown) {
      if (document === this.document) this.proposalFault = asFault(thrown)
    } finally {
      if (document === this.lookedAt) this.looking = false
    }
  }
  private lookedAt = 0
  /** The proposal whose turn it is, while Find is on the screen. */
  get proposal() {
    return this.panel === 'find' ? this.found.open.find((row) => row.n === this.at) : undefined
  }
  codeFor(one: ProposalView): string | null {
    if (this.acceptAs) return this.acceptAs
    const hinted = this.code(one.code_hint)
    return hinted && !hinted.refused ? hinted.code : null
  }
  goProposal(n: number | null) {
    this.at = n
    const row = this.proposal
    if (!row) return
    this.picked = null
    if (this.page !== row.one.page || !this.sheet) this.turn(row.one.page)
    else this.selection = null
  }
  stepProposal(way: -1 | 1) {
    const { open } = this.found
    if (!open.length) return
    const at = open.findIndex((row) => row.n === this.at)
    const to = at < 0 ? (way > 0 ? 0 : open.length - 1) : (at + way + open.length) % open.length
    this.goProposal(open[to]!.n)
  }
  /** Decides something on proposals and goes on to the next that is open. */
  private async decide(from: number | undefined, work: () => Promise<boolean> | boolean) {
    if (this.marking) return
    const before = this.found.open.map((row) => row.n)
    const here = from ?? this.at ?? -1
    this.marking = true
    try {
      if (!(await work())) return
    } finally {
      this.marking = false
    }
    this.goProposal(goOnFrom(before, here, this.found.open.map((row) => row.n)))
  }
  accept(n: number, code?: string) {
    const one = this.proposals?.[n]
    if (!one) return
    const as = code ?? this.codeFor(one)
    return this.decide(n, async () => {
      const made = await this.addAll([{ shape: this.shapeFor(one), code: as }])
      if (made) this.did = `“${one.text}” on page ${one.page} is marked${as ? ` ${as}` : ', without a code yet'}.`
      return made > 0
    })
  }
  /** One mark for each place of a group that is still open. */
  acceptGroup(group: ProposalGroup) {
    const wanted = group.open.map(({ one }) => ({ shape: this.shapeFor(one), code: this.codeFor(one) }))
    return this.decide(group.open[0]?.n, async () => {
      const made = await this.addAll(wanted)
      this.told(made, made === 1 ? 'One place is marked' : `${made} places are marked, each with its own questions`)
      return made > 0
    })
  }
  /** One mark for each way a name is written, wherever it stands. */
  acceptEverywhere(group: ProposalGroup) {
    const one = group.open[0]?.one
    if (!one) return
    return this.decide(group.open[0]?.n, async () => {
      const made = await this.addAll(group.wordings.map((find) => ({ shape: { shape: 'phrase', find, page: null, whole_word: true }, code: this.codeFor(one) })))
      this.told(made, `${group.wordings.slice(0, made).map((text) => `“${text}”`).join(', ')} marked wherever it stands`)
      return made > 0
    })
  }
  private told(made: number, says: string) {
    if (!made) return
    this.did = `${says}.`
    this.record.session.toast(says, { label: 'Undo', run: () => void this.record.undo(made) })
  }
  putAside(rows: readonly { n: number; one: ProposalView }[]) {
    return this.decide(rows[0]?.n, () => {
      for (const { one } of rows) this.record.session.aside.add(placeKey(this.document, one))
      this.did = rows.length === 1 ? `“${rows[0]!.one.text}” on page ${rows[0]!.one.page} is put aside.` : `${rows.length} places are put aside.`
      return true
    })
  }
  bringBack() {
    for (const one of this.proposals ?? []) this.record.session.aside.delete(placeKey(this.document, one))
    this.did = ''
  }
  private shapeFor(one: ProposalView): MarkShape {
    return { shape: 'words', page: one.page, rects: one.rects, text: one.text }
  }
  /** Makes marks one after another and answers with how many were made; the panel stays where it is. */
  private async addAll(wanted: readonly { shape: MarkShape; code: string | null }[]): Promise<number> {
    const { document } = this
    let made = 0
    let last: Marks | undefined
    for (const { shape, code } of wanted) {
      const found = await this.record.session.tell('mark_add', { document, mark: { shape, code, note: '', answers: [], review_on: null } })
      if (!found) break
      last = found
      made += 1
      if (code) this.pen = code
    }
    if (last) this.take(last)
    return made
  }
  /** Gives the same answers to several marks. */
  async answerAll(marks: readonly Mark[], answers: Mark['answers'], review_on: string | null) {
    let last: Marks | undefined
    for (const { id, shape, code, note, review_on: own } of marks) {
      const found = await this.record.session.tell('mark_change', { mark: id, facts: { shape, code, note, answers, review_on: own ?? review_on } })
      if (!found) break
      last = found
    }
    if (last) this.take(last)
  }
  end() {
    this.pictures.end()
    this.sheets.clear()
  }
}

const KEY = Symbol('redaction')
export const setRedaction = (desk: Redaction) => setContext(KEY, desk)
export const useRedaction = () => getContext<Redaction>(KEY)
