/** The application's own host: the only file that talks to Tauri. */
import { Channel, invoke } from '@tauri-apps/api/core'
import { listen } from '@tauri-apps/api/event'
import { asFault, type CallOptions, type Host, type Input, type Name, type Output } from './host'
import type { Progress } from './wire.gen'

/** At most one touch in this many milliseconds goes to the shell. */
const TOUCH_EVERY = 5_000

export function tauriHost(): Host {
  let tickets = 0
  let touched = 0

  function post(name: string, input: unknown, ticket: number, progress: Channel<Progress>): Promise<unknown> {
    return invoke('call', { name, input, ticket, progress })
  }

  async function call<K extends Name>(name: K, input: Input<K>, options: CallOptions = {}): Promise<Output<K>> {
    const ticket = ++tickets
    const progress = new Channel<Progress>()
    progress.onmessage = (at) => options.progress?.(at)
    const stop = () => void post('cancel', { ticket }, ++tickets, new Channel<Progress>()).catch(() => undefined)
    options.signal?.addEventListener('abort', stop, { once: true })
    try {
      return (await post(name, input, ticket, progress)) as Output<K>
    } catch (thrown) {
      throw asFault(thrown)
    } finally {
      options.signal?.removeEventListener('abort', stop)
    }
  }

  return {
    call,
    touch() {
      const now = Date.now()
      if (now - touched < TOUCH_EVERY) return
      touched = now
      void post('touch', {}, ++tickets, new Channel<Progress>()).catch(() => undefined)
    },
    onLocked(callback) {
      const stopping = listen('guardbook://locked', callback)
      return () => void stopping.then((stop) => stop())
    },
    print: () => window.print(),
  }
}
