/** Pictures of pages, fetched a few at a time, kept while they are useful and let go afterwards. */
import type { Host } from '../backend/host'

export type Source = 'page_picture' | 'after_picture' | 'pack_picture'
interface Wanted {
  key: string
  run: () => Promise<void>
  urgent: boolean
}

export class Pictures {
  private kept = new Map<string, string>()
  private asked = new Map<string, Promise<string>>()
  private queue: Wanted[] = []
  private running = 0
  private ended = false

  constructor(
    private readonly host: Host,
    private readonly most = 160,
    private readonly atOnce = 3,
  ) {}

  /** A picture that is already here, none otherwise. */
  have(source: Source, document: number, page: number, dpi: number): string | null {
    const key = `${source}/${document}/${page}/${dpi}`
    const url = this.kept.get(key)
    if (url === undefined) return null
    this.kept.delete(key)
    this.kept.set(key, url)
    return url
  }

  /** The address of a picture, as an object URL that lives until it has not been used for a while. */
  get(source: Source, document: number, page: number, dpi: number, urgent = true): Promise<string> {
    const here = this.have(source, document, page, dpi)
    if (here) return Promise.resolve(here)
    const key = `${source}/${document}/${page}/${dpi}`
    const before = this.asked.get(key)
    if (before) {
      if (urgent) for (const it of this.queue) if (it.key === key) it.urgent = true
      return before
    }
    const promise = new Promise<string>((done, fail) => {
      const run = async () => {
        try {
          if (this.ended) throw new Error('ended')
          const bytes = await this.host.call(source, { document, page, dpi })
          const url = URL.createObjectURL(new Blob([bytes]))
          if (this.ended) return URL.revokeObjectURL(url)
          this.keep(key, url)
          done(url)
        } catch (thrown) {
          fail(thrown)
        } finally {
          this.asked.delete(key)
        }
      }
      this.queue.push({ key, run, urgent })
    })
    this.asked.set(key, promise)
    this.pump()
    return promise
  }

  /** Takes back a wish that has not been begun: the page has scrolled by. */
  drop(source: Source, document: number, page: number, dpi: number) {
    const key = `${source}/${document}/${page}/${dpi}`
    const at = this.queue.findIndex((it) => it.key === key && !it.urgent)
    if (at < 0) return
    this.queue.splice(at, 1)
    this.asked.delete(key)
  }

  /** Forgets pictures of one kind: the After pictures when a mark has changed. */
  forget(source: Source, document: number) {
    for (const [key, url] of this.kept) {
      if (!key.startsWith(`${source}/${document}/`)) continue
      URL.revokeObjectURL(url)
      this.kept.delete(key)
    }
  }

  /** Lets everything go. */
  end() {
    this.ended = true
    for (const url of this.kept.values()) URL.revokeObjectURL(url)
    this.kept.clear()
    this.queue = []
  }

  private keep(key: string, url: string) {
    this.kept.set(key, url)
    for (const [old, address] of this.kept) {
      if (this.kept.size <= this.most) break
      URL.revokeObjectURL(address)
      this.kept.delete(old)
    }
  }

  private pump() {
    while (this.queue.length) {
      // The newest urgent wish first: it is what the person is looking at, and has a place of its own beside the rest.
      let at = this.queue.findLastIndex((it) => it.urgent)
      if (this.running >= this.atOnce + (at < 0 ? 0 : 1)) return
      if (at < 0) at = this.queue.length - 1
      const [next] = this.queue.splice(at, 1)
      this.running += 1
      void next!.run().finally(() => {
        this.running -= 1
        this.pump()
      })
    }
  }
}
