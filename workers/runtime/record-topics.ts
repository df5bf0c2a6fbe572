/**
 * Steps whose effect is the server's alone, with the input parameters that the task itself carries. All regions share
 * them; what they return is written in `processes/<region>/README.md`.
 */
export const recordTopics: Readonly<Record<string, readonly string[]>> = {
  'common.accept-application': [],
  'common.refuse-application': [],
  'common.open-item': [],
  'common.conclude-item': ['result'],
  'common.open-correction': [],
  'common.lapse-correction': [],
  'common.resume-item': [],
  'common.withdraw-item': [],
  'common.decline-row': ['insurance'],
  'common.collect-results': [],
  'common.record-hand-over': [],
  'common.close-application': [],
  'common.deliver-card': [],
  'common.lapse-payment': []
}
