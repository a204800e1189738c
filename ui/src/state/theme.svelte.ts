/** Light or dark, as the system says or as the person says; and how large the text is. What was applied last stays while locked. */
import type { Preferences } from '../backend/wire.gen'

export type Theme = 'system' | 'light' | 'dark'
const system = typeof window.matchMedia === 'function' ? window.matchMedia('(prefers-color-scheme: dark)') : null

export const looks = $state<{ theme: Theme; text: number }>({ theme: 'system', text: 100 })

export function show() {
  const dark = looks.theme === 'dark' || (looks.theme === 'system' && !!system?.matches)
  document.documentElement.dataset['theme'] = dark ? 'dark' : 'light'
  document.documentElement.style.fontSize = looks.text === 100 ? '' : `${looks.text}%`
}
/** Follows the system, and prints in light whatever is on the screen. */
export function followTheme() {
  show()
  system?.addEventListener('change', show)
  window.addEventListener('beforeprint', () => (document.documentElement.dataset['theme'] = 'light'))
  window.addEventListener('afterprint', show)
}
/** Shows the window as it is liked. */
export function wear({ theme, text }: Preferences) {
  looks.theme = theme === 'light' || theme === 'dark' ? theme : 'system'
  looks.text = Math.max(100, Math.min(200, text))
  show()
}
