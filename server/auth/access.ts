import type { Role } from './actor.ts'

/** What must exist and be the asker's own before a route runs; anything else is the same 404. */
export type Resource = 'application' | 'own-application' | 'intake' | 'item' | 'task' | 'rating' | 'feedback'

export interface Access {
  /** Roles that may call the operation; `public` needs no login, `any` any role. */
  readonly roles: 'public' | 'any' | readonly Role[]
  readonly resource?: Resource
}

const applicants = ['citizen', 'window', 'platform'] as const
const readers = ['citizen', 'window', 'platform', 'clerk'] as const
const desk = ['clerk', 'window'] as const
const modelReaders = ['designer', 'supervisor', 'auditor', 'clerk', 'window'] as const
const overseers = ['supervisor', 'auditor'] as const
/** Who sees, and who changes, what holds for all cases. */
const officers = [...overseers, 'admin'] as const
const stewards = ['supervisor', 'admin'] as const
const answerers = ['clerk', 'supervisor'] as const

/**
 * Who may call what, by operation id of the contract. A new operation without a row here is refused to everybody,
 * and test/server/auth/access.test.ts names it.
 */
export const access: Readonly<Record<string, Access>> = Object.freeze({
  listRegions: { roles: 'public' },
  getGuide: { roles: 'public' },
  getGuidePaper: { roles: 'public' },
  getForms: { roles: 'public' },
  listDivisions: { roles: 'public' },
  listPlaces: { roles: 'public' },
  listBlankPapers: { roles: 'public' },
  getBlankPaper: { roles: 'public' },
  precheck: { roles: 'public' },
  getQuestionnaire: { roles: 'public' },
  recommend: { roles: 'public' },
  contributionAdvice: { roles: 'public' },
  lookup: { roles: 'public' },
  giveFeedback: { roles: 'public' },
  lookUpFeedback: { roles: 'public' },
  getRatingOptions: { roles: 'public' },
  login: { roles: 'public' },
  initiateLogin: { roles: 'public' },
  loginCallback: { roles: 'public' },
  logoutPage: { roles: 'public' },
  logout: { roles: 'public' },
  healthz: { roles: 'public' },
  readyz: { roles: 'public' },
  getMe: { roles: 'any' },
  getPrefill: { roles: applicants },
  listMessages: { roles: ['citizen'] },
  readMessages: { roles: ['citizen'] },
  getNotificationContact: { roles: ['citizen'] },
  setNotificationContact: { roles: ['citizen'] },
  deleteNotificationContact: { roles: ['citizen'] },

  listApplications: { roles: applicants },
  createApplication: { roles: applicants },
  getApplication: { roles: readers, resource: 'application' },
  updateApplication: { roles: applicants, resource: 'own-application' },
  deleteApplication: { roles: applicants, resource: 'own-application' },
  uploadMaterial: { roles: applicants, resource: 'own-application' },
  listMaterials: { roles: readers, resource: 'application' },
  verifyOriginal: { roles: desk, resource: 'application' },
  downloadMaterial: { roles: readers, resource: 'application' },
  getFormPaper: { roles: readers, resource: 'application' },
  getReceiptPaper: { roles: readers, resource: 'application' },
  listNotices: { roles: readers, resource: 'application' },
  getNotice: { roles: readers, resource: 'application' },
  getSignedPaper: { roles: readers, resource: 'application' },
  getEvidence: { roles: readers, resource: 'application' },
  submitApplication: { roles: applicants, resource: 'own-application' },
  withdrawApplication: { roles: applicants, resource: 'own-application' },
  rateApplication: { roles: applicants, resource: 'own-application' },
  submitCorrection: { roles: applicants, resource: 'item' },
  withdrawItem: { roles: applicants, resource: 'item' },
  rateItem: { roles: applicants, resource: 'item' },
  listRatingsOfApplication: { roles: applicants, resource: 'own-application' },
  followUpRating: { roles: applicants, resource: 'own-application' },

  readPerson: { roles: ['window'] },
  prefillAtWindow: { roles: ['window'] },
  listWaiting: { roles: ['window'] },
  listReferrals: { roles: ['window'] },
  printReferral: { roles: ['window'] },
  getIntake: { roles: ['window'], resource: 'intake' },
  bindScans: { roles: ['window'], resource: 'intake' },
  checkAgent: { roles: ['window'], resource: 'intake' },
  noteSigning: { roles: ['window'], resource: 'intake' },
  callBack: { roles: ['window'], resource: 'intake' },
  getTakeHomePaper: { roles: ['window'], resource: 'intake' },
  getPickup: { roles: ['window'], resource: 'task' },
  getPickupResult: { roles: ['window'], resource: 'task' },
  handOver: { roles: ['window'], resource: 'task' },
  getHandOverPaper: { roles: ['window'], resource: 'task' },

  listBadRatings: { roles: answerers },
  replyToRating: { roles: answerers, resource: 'rating' },
  listFeedback: { roles: answerers },
  takeFeedback: { roles: answerers, resource: 'feedback' },
  replyToFeedback: { roles: answerers, resource: 'feedback' },

  getSlaSummary: { roles: overseers },
  listSlaItems: { roles: overseers },
  getSlaTrend: { roles: overseers },
  getSlaQuality: { roles: overseers },
  getProcessHeat: { roles: overseers },
  listTimers: { roles: overseers },
  getForecast: { roles: overseers },
  getAttribution: { roles: overseers },
  exportSlaItems: { roles: overseers },
  exportSlaItemsXlsx: { roles: overseers },
  listActions: { roles: ['clerk', 'window', 'supervisor', 'auditor'] },
  sendAction: { roles: ['supervisor'] },
  acknowledgeAction: { roles: desk },
  answerAction: { roles: desk },
  checkAction: { roles: ['supervisor'] },
  listAudit: { roles: overseers },
  verifyAudit: { roles: overseers },
  listWorkers: { roles: [...officers, 'designer'] },
  listIncidents: { roles: overseers },
  retryIncident: { roles: ['supervisor'] },

  getCalendar: { roles: officers },
  proposeCalendarYear: { roles: stewards },
  getCalendarImport: { roles: officers },
  publishCalendarYear: { roles: stewards },
  rejectCalendarYear: { roles: stewards },
  listOutages: { roles: overseers },
  declareOutage: { roles: ['supervisor'] },
  endOutage: { roles: ['supervisor'] },
  listPausedTopics: { roles: officers },
  pauseTopic: { roles: stewards },
  resumeTopic: { roles: stewards },

  listDefinitions: { roles: modelReaders },
  getDefinitionXml: { roles: modelReaders },

  listTasks: { roles: desk },
  countTasks: { roles: desk },
  getTaskFilters: { roles: desk },
  listDeskViews: { roles: desk },
  saveDeskView: { roles: desk },
  deleteDeskView: { roles: desk },
  streamTasks: { roles: desk },
  takeNextTask: { roles: desk },
  bulkTasks: { roles: desk },
  getTask: { roles: desk, resource: 'task' },
  claimTask: { roles: desk, resource: 'task' },
  unclaimTask: { roles: desk, resource: 'task' },
  saveTaskDraft: { roles: desk, resource: 'task' },
  completeTask: { roles: desk, resource: 'task' },
  undoTask: { roles: desk, resource: 'task' },
  getTaskDossier: { roles: desk, resource: 'task' },
  getTaskDiagram: { roles: desk, resource: 'task' },
  listColleagues: { roles: desk, resource: 'task' },
  transferTask: { roles: desk, resource: 'task' },
  delegateTask: { roles: desk, resource: 'task' },
  consultTask: { roles: desk, resource: 'task' },
  giveOpinion: { roles: desk, resource: 'task' },
  addTaskNote: { roles: desk, resource: 'task' },
  giveVerdict: { roles: desk, resource: 'task' },
  startSpecialProcedure: { roles: desk, resource: 'task' },
  endSpecialProcedure: { roles: desk, resource: 'task' },
  revealTask: { roles: desk, resource: 'task' }
})
