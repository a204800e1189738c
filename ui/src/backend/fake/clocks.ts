/** A clock good enough for pictures and tests; the law's own is gb-law. */
import type { ClockView, Request, Sentence } from '../wire.gen'
import { add, between, long, month, short, working } from './days'

export function clockOf(request: Pick<Request, 'received' | 'clock' | 'state' | 'closed' | 'right'>, today: string): ClockView {
  const { identity, authority, fee, clarifications, extension } = request.clock
  const waits = [identity && !identity.received && 'identity evidence', authority && !authority.received && 'authority', fee && !fee.received && 'the fee'].filter(Boolean)
  const relevant = [identity?.received, authority?.received, fee?.received].reduce<string>((a, b) => (b && b > a ? b : a), request.received)
  const how: Sentence[] = [{ text: `The request was received by the organisation on ${long(request.received)}.`, rule: 'Art 12A(1)' }]
  const blank: ClockView = {
    state: 'not_started', says: '', relevant: null, base: null, statutory_due: null, cautious_due: null, extension_notice_by: null, target: null,
    post_by: null, if_answered_today: null, days_left: null, used: 0, excluded: [], rule: 'ART12A', how,
  }
  if (waits.length) {
    how.push({ text: `The period does not begin until ${waits.join(' and ')} arrives.`, rule: 'Art 12A(2)(b)' })
    return { ...blank, says: `Not started: waiting for ${waits.join(' and ')}` }
  }
  const base = month(relevant, 1)
  how.push({ text: `One month from ${short(relevant)} ends on ${long(base)}.`, rule: 'Art 12(3)' })
  const excluded = clarifications.filter((c) => c.answered).map((c) => ({ from: c.asked, to: c.answered!, days: between(c.asked, c.answered!) }))
  const extra = excluded.reduce((sum, e) => sum + e.days, 0)
  if (extra) how.push({ text: `${extra} days between asking what was meant and the answer do not count.`, rule: 'Art 12A(4)' })
  const end = extension ? month(relevant, 3) : base
  if (extension) how.push({ text: `Extended by two months; the person was told on ${short(extension.notified)}.`, rule: 'Art 12(3)' })
  const due = working(add(end, extra))
  if (due !== add(end, extra)) how.push({ text: `That is a day on which no answer can be given, so the last day is ${long(due)}.`, rule: 'SAR-7' })
  const open = clarifications.find((c) => !c.answered)
  const dates = { relevant, base, excluded, extension_notice_by: working(base), target: add(relevant, 28), how }
  const used = (to: string) => Math.min(1, Math.max(0, between(relevant, today) / between(relevant, to)))
  if (open) {
    const answered = working(add(due, between(open.asked, today)))
    how.push({ text: `The clock stopped on ${long(open.asked)}, when clarification was asked for.`, rule: 'Art 12A(3)' })
    return { ...blank, ...dates, state: 'paused', says: `Paused. If answered today, due ${short(answered)}`, if_answered_today: answered, used: used(answered) }
  }
  const left = between(today, due)
  const days = (n: number) => (n === 1 ? '1 day' : `${n} days`)
  const all = { ...blank, ...dates, statutory_due: due, cautious_due: due, post_by: add(due, -2), days_left: left, used: used(due) }
  how.push({ text: `Work to ${long(due)}. To reach the person by post, send it by ${long(add(due, -2))}.`, rule: 'SAR-9' })
  if (request.state === 'closed') return { ...all, state: 'stopped', days_left: null, used: 1, says: `Answered ${short(request.closed ?? today)}` }
  if (left < 0) return { ...all, state: 'overdue', says: `${days(-left)} overdue` }
  return { ...all, state: 'running', says: left === 0 ? 'Due today' : `${days(left)} left` }
}
