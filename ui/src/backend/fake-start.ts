/** The fake host for `npm run dev`: `?state=none|locked|open`, `?which=practice`. */
import { FakeHost } from './fake'
import type { VaultState, Which } from './wire.gen'

const FILES = import.meta.glob('../../../assets/handbook/*.md', { query: '?raw', import: 'default', eager: true }) as Record<string, string>

export function fakeHost() {
  const wish = new URLSearchParams(location.search)
  const handbook = Object.fromEntries(Object.entries(FILES).map(([path, text]) => [path.replace(/^.*\/|\.md$/g, ''), text]))
  const host = new FakeHost({ state: (wish.get('state') ?? 'open') as VaultState, which: (wish.get('which') ?? 'own') as Which, handbook })
  if (wish.get('empty')) host.empty()
  if (wish.get('unchecked')) host.unchecked()
  Object.assign(window, { fake: host })
  return host
}
