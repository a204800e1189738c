/** One request that is open on the screen. */
import { getContext, setContext } from 'svelte'
import { asFault, type Input, type Name, type Output } from '../backend/host'
import type { ClockEvent, Fault, RequestView } from '../backend/wire.gen'
import type { Session } from './session.svelte'

export class OpenRequest {
  view = $state.raw<RequestView | null>(null)
  missing = $state<Fault | null>(null)
  /** Grows whenever undo or redo changed things under an open document. */
  undone = $state(0)

  constructor(
    readonly session: Session,
    readonly id: number,
  ) {}

  async load() {
    try {
      this.view = await this.session.ask('request', { id: this.id })
    } catch (thrown) {
      this.missing = asFault(thrown)
    }
  }

  /** Takes a fresh view from the desk and says that it is saved. */
  take(view: RequestView) {
    this.view = view
    this.session.saved()
    this.session.stale += 1
  }

  /** A change that answers with the request; faults are shown. */
  async change<K extends Changing>(name: K, input: Input<K>): Promise<boolean> {
    const view = (await this.session.tell(name, input)) as RequestView | undefined
    if (!view) return false
    this.take(view)
    return true
  }

  /** A change whose fault belongs in the form it came from. */
  async attempt(event: ClockEvent): Promise<Fault | null> {
    try {
      this.take(await this.session.ask('clock_event', { request: this.id, event }))
      return null
    } catch (thrown) {
      return asFault(thrown)
    }
  }

  /** Takes back the last action, or the last few that were one wish. */
  async undo(times = 1) {
    for (let n = 1; n < times; n++) if (!(await this.session.tell('undo', { id: this.id }))?.says) return
    await this.step('undo', 'There is nothing to undo on this request.')
  }
  async redo() {
    await this.step('redo', 'There is nothing to do again on this request.')
  }
  private async step(name: 'undo' | 'redo', none: string) {
    const answer = await this.session.tell(name, { id: this.id })
    if (!answer) return
    this.session.toast(answer.says ?? none)
    if (!answer.says) return
    await this.load()
    this.session.stale += 1
    this.undone += 1
  }
}

/** Calls that answer with the whole request. */
type Changing = { [K in Name]: Output<K> extends RequestView ? (K extends 'request' ? never : K) : never }[Name]

const KEY = Symbol('record')
export const setRecord = (record: () => OpenRequest) => setContext(KEY, record)
export const useRecord = () => getContext<() => OpenRequest>(KEY)()
