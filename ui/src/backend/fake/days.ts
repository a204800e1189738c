/** Days for the fake desk. The real ones come from gb-law; no screen may import this. */
const DAY = 86_400_000

export const date = (iso: string) => new Date(`${iso}T00:00:00Z`)
export const iso = (d: Date) => d.toISOString().slice(0, 10)
export const add = (day: string, n: number) => iso(new Date(date(day).getTime() + n * DAY))
export const between = (from: string, to: string) => Math.round((date(to).getTime() - date(from).getTime()) / DAY)

export function month(day: string, n: number): string {
  const d = date(day)
  const to = new Date(Date.UTC(d.getUTCFullYear(), d.getUTCMonth() + n, d.getUTCDate()))
  if (to.getUTCDate() !== d.getUTCDate()) to.setUTCDate(0)
  return iso(to)
}

export function working(day: string): string {
  const at = date(day).getUTCDay()
  return at === 6 ? add(day, 2) : at === 0 ? add(day, 1) : day
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const WEEK = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
export function long(day: string): string {
  const d = date(day)
  return `${WEEK[d.getUTCDay()]} ${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]} ${d.getUTCFullYear()}`
}
export const short = (day: string) => long(day).split(' ').slice(1).join(' ')
