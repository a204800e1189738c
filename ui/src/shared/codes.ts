import type { CodeView } from '../backend/wire.gen'
import type { Choice } from './Combobox.svelte'

/** The codes with a key of their own, 1 to 9, in the desk's order. */
export function commonCodes(codes: readonly CodeView[]): CodeView[] {
  return codes.filter((c) => c.common && !c.refused).slice(0, 9)
}
/** Codes for the picker: the everyday ones first, then the exemptions, then the reasons that are none. */
export function codeChoices(codes: readonly CodeView[]): Choice[] {
  const common = commonCodes(codes)
  const choice = (c: CodeView, group: string, key?: string): Choice => ({ value: c.code, title: c.label, detail: c.citation, group, refused: c.refused, key })
  const rest = codes.filter((c) => !common.includes(c))
  return [
    ...common.map((c, n) => choice(c, 'Used every day', String(n + 1))),
    ...rest.filter((c) => c.group === 'exemption' && !c.refused).map((c) => choice(c, 'Exemptions')),
    ...rest.filter((c) => c.group !== 'exemption' && !c.refused).map((c) => choice(c, 'Not an exemption')),
    ...rest.filter((c) => c.refused).map((c) => choice(c, 'Not open to this organisation')),
  ]
}
