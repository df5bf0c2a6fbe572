/** The tests that come by the pages of the guides. */
export const GUIDE_WALKS = [
  'an applicant in a browser', 'a day at the desk', 'the desk in a browser', 'oversight in a browser', 'a release in the studio',
  'studio in a browser'
]

/** Pictures of `docs/guides`: [name there, name that a test gives the page, width of the window]. */
export const GUIDE_PICTURES: readonly (readonly [string, string, 390 | 1440])[] = [
  ['apply-guide', 'apply-02-guide', 390],
  ['apply-choose', 'apply-03-choose', 390],
  ['apply-section', 'apply-05-section-1', 390],
  ['apply-review', 'apply-09-review', 390],
  ['apply-receipt', 'apply-11-receipt', 390],
  ['apply-case', 'apply-12-case', 390],
  ['desk-list', 'desk-list', 1440],
  ['desk-review', 'desk-review', 1440],
  ['desk-correction', 'desk-correction', 1440],
  ['desk-received', 'received', 1440],
  ['oversight-board', 'board', 1440],
  ['oversight-trends', 'trends', 1440],
  ['oversight-case', 'case', 1440],
  ['oversight-actions', 'actions', 1440],
  ['oversight-audit', 'audit', 1440],
  ['studio-draw', 'studio-draw', 1440],
  ['studio-scenarios', 'scenarios', 1440],
  ['studio-impact', 'impact', 1440],
  ['studio-release', 'release', 1440],
  ['studio-versions', 'versions', 1440]
]
