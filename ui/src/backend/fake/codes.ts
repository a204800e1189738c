/** A handful of the catalogue, as the desk would send it to a private registered provider. */
import type { CodeView, QuestionView } from '../wire.gen'

const ask = (key: string, text: string, kind = 'text', choices: string[] = [], required = true): QuestionView => ({ key, text, kind, choices: choices.map((it, n) => ({ key: `${key}-${n + 1}`, text: it })), required })
const code = (code: string, label: string, citation: string, when_used: string, more: Partial<CodeView> = {}): CodeView => ({
  code, label, citation, when_used, group: 'exemption', may_be_untold: false, expires: false, questions: [], refused: null, common: false, ...more,
})

export const CODES: CodeView[] = [
  code('3P', 'Information about another person', 'DPA 2018 Sch 2 Pt 3 para 16', 'Neighbours, complainants in ASB files, witnesses, family members.', {
    common: true,
    questions: [
      ask('identifies', 'Does it identify another person, alone or with what the requester is likely to have?', 'yes_no'),
      ask('consent', 'Has the other person consented?', 'choice', ['Not asked, because asking would reveal the request', 'Not asked, because it is impracticable', 'Asked, no answer yet', 'Asked and refused', 'Yes']),
      ask('reasonable', 'Why would it not be reasonable to disclose it without consent?'),
    ],
  }),
  code('3PS', 'Another person as the source', 'DPA 2018 Sch 2 Pt 3 para 16(4)(a)', 'An anonymous report whose wording gives the reporter away.', {
    common: true,
    questions: [ask('source', 'Could the requester identify the source with what they know or are likely to obtain?', 'yes_no'), ask('reasonable', 'Why would it not be reasonable to disclose it without consent?')],
  }),
  code('LPP', 'Legal advice or litigation privilege', 'DPA 2018 Sch 2 Pt 4 para 19', 'Solicitors’ letters on possession claims, disrepair, injunctions.', {
    common: true,
    questions: [ask('limb', 'Advice or litigation?', 'choice', ['Legal advice', 'Litigation']), ask('adviser', 'Who is the adviser?'), ask('waived', 'Has the advice been shared outside the client?', 'yes_no')],
  }),
  code('CRIME', 'Crime prevention or detection', 'DPA 2018 Sch 2 Pt 1 para 2(1)(a), (b)', 'A live criminal investigation, tenancy fraud, tip-offs.', {
    common: true, may_be_untold: true, expires: true,
    questions: [ask('prejudice', 'What would be prejudiced, how, and how likely is it?'), ask('police', 'What do the police say?', 'text', [], false)],
  }),
  code('NEG', 'Our intentions in negotiations with you', 'DPA 2018 Sch 2 Pt 4 para 23', 'A compensation or settlement range, a buy-back price.', {
    common: true, expires: true, questions: [ask('live', 'Is the negotiation still live?', 'yes_no'), ask('ends', 'When is it likely to end?', 'date', [], false)],
  }),
  code('HLTH', 'Serious harm to health', 'DPA 2018 Sch 3 Pt 2 para 5', 'A psychiatric report whose disclosure would cause serious harm.', {
    may_be_untold: true, questions: [ask('opinion', 'Whose opinion, and on what date?'), ask('met', 'Does the opinion say the serious harm test is met?', 'yes_no')],
  }),
  code('MGMT', 'Management forecasting or planning', 'DPA 2018 Sch 2 Pt 4 para 22', 'An unannounced restructure, a regeneration or decant plan.', { expires: true, questions: [ask('prejudice', 'What would be prejudiced, and how?')] }),
  code('CAD', 'Child abuse data', 'DPA 2018 Sch 3 para 21', 'Safeguarding notes sought by a parent under suspicion.', { may_be_untold: true, questions: [ask('interests', 'Why is disclosure not in the child’s best interests?')] }),
  code('REF', 'Confidential reference', 'DPA 2018 Sch 2 Pt 4 para 24', 'A reference for a member of staff, a volunteer or a contractor, given in confidence.'),
  code('SW', 'Social work: serious harm', 'DPA 2018 Sch 3 paras 8 and 11', 'Social work data processed by a listed body.', {
    refused: 'Only bodies listed in Schedule 3 paragraph 8 may rely on this. A private registered provider that holds a copy is not on the list; look at 3P, HLTH or CAD.',
  }),
  code('IMM', 'Immigration control', 'DPA 2018 Sch 2 Pt 1 para 4', 'None.', { refused: 'Only the Secretary of State may rely on this.' }),
  code('NPD', 'Not the requester’s personal data', 'Not an exemption', 'Property data, another tenant’s data, system text.', { group: 'not_exemption', common: true }),
  code('OOS', 'Outside the scope or dates of the request', 'Not an exemption', 'Pages from before the period that was asked for.', { group: 'not_exemption', common: true }),
  code('DUP', 'Duplicate of another document', 'Not an exemption', 'A second copy of the same letter.', { group: 'not_exemption' }),
  code('SEC', 'Security detail, not personal data', 'Not an exemption', 'Key-safe code, alarm code, login.', { group: 'not_exemption', common: true }),
  code('UNREAD', 'Illegible or lost', 'Not an exemption', 'A page that cannot be read; say so.', { group: 'not_exemption' }),
]
