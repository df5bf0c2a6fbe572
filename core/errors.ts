/** Where an error belongs; the pages of `docs/errors.md` are grouped by it. */
export type ErrorArea = 'request' | 'access' | 'application' | 'correction' | 'task' | 'definition' | 'department' | 'engine' | 'process' | 'system'

export interface CatalogueEntry {
  /** HTTP status of the server's answer. */
  readonly status: number
  /** Short Chinese name of the kind of error. */
  readonly title: string
  /** Plain Chinese sentence that says what happened and what to do. */
  readonly message: string
  readonly area: ErrorArea
}

const entry = (area: ErrorArea, status: number, title: string, message: string): CatalogueEntry =>
  Object.freeze({ area, status, title, message })

/** Every error code of the project. A code is never given another meaning; one that is no longer used stays listed. */
export const catalogue = Object.freeze({
  REQUEST_INVALID: entry('request', 400, '请求不符合要求', '提交的内容不符合要求，请按提示修改后再提交。'),
  JSON_INVALID: entry('request', 400, '内容不是有效的 JSON', '提交的内容无法识别，请检查格式后再提交。'),
  METHOD_NOT_ALLOWED: entry('request', 405, '不支持的操作', '这个地址不支持该操作，请检查请求方法。'),
  PAYLOAD_TOO_LARGE: entry('request', 413, '内容过大', '提交的内容超过上限，请减少内容后再提交。'),
  MEDIA_TYPE_UNSUPPORTED: entry('request', 415, '不支持的内容类型', '请以 JSON 或表单文件的形式提交。'),
  NOT_ACCEPTABLE: entry('request', 406, '无法按要求的格式返回', '请改为接受 JSON 格式的结果。'),
  PRECONDITION_REQUIRED: entry('request', 428, '缺少版本信息', '请先重新打开草稿，再带上版本号（If-Match）保存。'),
  VERSION_CONFLICT: entry('request', 412, '内容已被更新', '内容已在别处修改，请刷新后再保存。'),
  IDEMPOTENCY_KEY_REQUIRED: entry('request', 400, '缺少幂等键', '平台接入的请求须带 Idempotency-Key，请补上后再提交。'),
  IDEMPOTENCY_KEY_REUSED: entry('request', 409, '幂等键已用于其他内容', '同一个 Idempotency-Key 已提交过不同的内容，请换一个新的键。'),
  IDEMPOTENCY_IN_PROGRESS: entry('request', 409, '相同请求正在处理', '相同的请求正在处理，请稍候再查询结果。'),
  CURSOR_INVALID: entry('request', 400, '翻页位置无效', '翻页位置已失效，请从第一页重新查询。'),
  TOO_MANY_REQUESTS: entry('request', 429, '操作过于频繁', '操作过于频繁，请稍后再试。'),
  CROSS_SITE_REQUEST: entry('access', 403, '拒绝跨站请求', '请求来自其他网站，已被拒绝。请在本站页面上操作。'),
  UNAUTHENTICATED: entry('access', 401, '尚未登录', '请先登录后再操作。'),
  SESSION_REPLACED: entry('access', 401, '已在别处登录', '您的账号又在别处登录，已超过同时登录的上限，这里已自动退出。写到一半的意见已暂存，请重新登录。'),
  LOGIN_FAILED: entry('access', 401, '登录失败', '登录未成功，请重新登录。'),
  TOKEN_INVALID: entry('access', 401, '凭证无效', '访问凭证无效或已过期，请重新获取。'),
  FORBIDDEN: entry('access', 403, '没有权限', '您的账号没有此项权限，如确需办理请联系管理员。'),
  NOT_FOUND: entry('access', 404, '没有找到', '没有找到相应的内容，请核对后再查询。'),
  REGION_UNKNOWN: entry('application', 404, '地区未开通', '该地区尚未开通此项服务，请选择已开通的地区。'),
  MATTER_UNKNOWN: entry('application', 422, '事项不存在', '所选事项不在本地区的办理清单内，请重新选择。'),
  ANSWER_UNKNOWN: entry('application', 422, '没有这个选项', '有的回答不在问题的选项中，请重新选择。'),
  MATTER_REQUIRED: entry('application', 422, '没有选择事项', '请至少选择一个办理事项。'),
  APPLICATION_CONFLICT: entry('application', 422, '所选事项不能同时办理', '所选事项中有不能同时办理的事项，请按提示保留其中一项。'),
  MATTER_INELIGIBLE: entry('application', 422, '不符合办理条件', '所选事项中有不符合办理条件的，请按提示处理后再提交。'),
  FORM_INVALID: entry('application', 422, '表单填写有误', '有内容未填写或填写有误，请按提示修改后再提交。'),
  MATERIAL_REQUIRED: entry('application', 422, '缺少材料', '还有必交的材料未上传，请补齐后再提交。'),
  MATERIAL_UNKNOWN: entry('application', 422, '材料不存在', '引用的材料不存在，请重新上传。'),
  MATERIAL_NOT_NEEDED: entry('application', 422, '不需要提交材料', '这些事项不需要提交材料，请不要上传。'),
  NOTICE_NOT_CONFIRMED: entry('application', 422, '尚未确认办理须知', '请阅读并确认所选事项的办理须知后再提交。'),
  DECLARATION_REQUIRED: entry('application', 422, '尚未作出承诺', '请阅读承诺内容并勾选同意后再提交。'),
  ALREADY_SUBMITTED: entry('application', 409, '申请已提交', '该申请已经提交，请在“我的办件”中查看进度。'),
  IDENTITY_MISMATCH: entry('application', 422, '身份核验不一致', '所持证件与申请表上的姓名、证件号码不一致，请核对证件；确是代办人的，请选“代办人”。'),
  AGENT_UNCHECKED: entry('application', 409, '尚未核验代办人', '申请表填有代办人，请先刷代办人的证件核验身份，再签名提交。'),
  SIGNATURE_REQUIRED: entry('application', 422, '尚未签收', '请领取人签名，或按指印并写明见证人，再交付。'),
  OPEN_ITEM_CONFLICT: entry('application', 409, '有在办的相关事项', '您有一件在办的申请与本次所选事项不能同时办理，请待其办结或撤回后再申请。'),
  NOT_SUBMITTED: entry('application', 409, '申请尚未提交', '该申请还是草稿，提交后才有受理通知书。'),
  NOT_A_DRAFT: entry('application', 409, '申请不是草稿', '申请提交后不能再修改或删除，如需更改请使用补正或撤回。'),
  ITEM_ALREADY_DECIDED: entry('application', 409, '事项已作出决定', '该事项已办结，不能撤回或更改；有异议的，请按结果通知书写明的途径提出。'),
  ALREADY_RATED: entry('application', 409, '已经评价', '该办件已经评价过，感谢您的反馈；仍有意见的，请拨打12345。'),
  FOLLOW_UP_EXISTS: entry('application', 409, '已经追评', '该评价已经追评过一次，不能再次追评；仍有意见的，请拨打12345。'),
  NO_REPLY_DUE: entry('application', 409, '没有待回复的评价', '该评价不是差评，或已经回复，请刷新列表。'),
  ACTION_MOVED_ON: entry('application', 409, '督办件已有进展', '该督办件的状态已经改变，请刷新后再操作。'),
  CALENDAR_IMPORT_DECIDED: entry('system', 409, '该安排已处理', '该年度安排已由他人发布或退回，请刷新后再看。'),
  OUTAGE_ENDED: entry('system', 409, '故障已结束', '该系统故障已登记结束，请刷新后再看。'),
  ERASURE_MOVED_ON: entry('system', 409, '清除批次已有进展', '有清除批次正在复核或正在清除，请刷新后再看。'),
  NOTHING_EXPIRED: entry('system', 409, '没有到期的信息', '没有超过保存期限的信息，无需清除。'),
  TOPIC_STATE_CONFLICT: entry('system', 409, '主题状态已改变', '该主题已被暂停或已恢复，请刷新后再操作。'),
  FEEDBACK_ANSWERED: entry('application', 409, '意见已处理', '该意见已由他人受理或答复，请刷新列表。'),
  NOT_CLOSED: entry('application', 409, '尚未办结', '办件尚未办结，请等办结后再评价和下载结果。'),
  FILE_TOO_LARGE: entry('application', 413, '文件过大', '文件超过大小上限，请压缩后再上传。'),
  FILE_TYPE_UNSUPPORTED: entry('application', 415, '文件类型不支持', '请上传 JPG、PNG 或 PDF 文件。'),
  PHOTO_NOT_ACCEPTED: entry('application', 422, '照片不符合要求', '照片不符合社会保障卡的照片标准，请按提示更换后再上传。'),
  FILE_REQUIRED: entry('application', 400, '没有收到文件', '没有收到文件，请选择文件后再上传。'),
  FIELD_NOT_REQUESTED: entry('correction', 422, '包含未要求补正的内容', '只能修改补正通知中列出的内容，请去掉其他修改后再提交。'),
  CORRECTION_INCOMPLETE: entry('correction', 422, '补正内容不完整', '补正通知列出的内容尚未全部补齐，请补齐后再提交。'),
  NO_OPEN_CORRECTION: entry('correction', 409, '没有待补正的内容', '该事项没有待补正的通知，或补正期限已过，请在进度页查看；期限已过的可以重新申请。'),
  TASK_CLAIMED: entry('task', 409, '任务已被签收', '该任务已由他人签收，请刷新列表。'),
  TASK_NOT_CLAIMED: entry('task', 409, '任务未签收', '请先签收该任务再办理。'),
  TASK_GONE: entry('task', 409, '任务已结束', '该任务已办理完毕或已撤销，请刷新列表。'),
  DECISION_INVALID: entry('task', 422, '办理意见不可用', '该任务不能作出这种办理意见，请从列出的意见中选择。'),
  REASON_REQUIRED: entry('task', 422, '缺少理由', '作出不通过或补正的意见时，请填写理由。'),
  UNDO_EXPIRED: entry('task', 409, '已超过撤销时间', '办理意见已生效，不能撤销；确有错误的，请联系主管处理。'),
  COLLEAGUE_UNKNOWN: entry('task', 422, '没有这位同事', '只能交给能够办理该任务的同事，请从名单中选择。'),
  SECOND_CLERK_REQUIRED: entry('task', 409, '须由另一人复核', '规则要求两人办理：您已提出意见，请交由另一名工作人员复核。'),
  SPECIAL_KIND_UNKNOWN: entry('task', 422, '没有这种特别程序', '本地区没有这种特别程序，请从列出的种类中选择。'),
  BULK_MIXED: entry('task', 422, '不是同一种任务', '成批办理只能选择同一事项的同一种任务，请重新选择。'),
  CHECK_NOT_GREEN: entry('task', 422, '核验未全部通过', '该任务有核验未通过或未完成，请单独办理。'),
  NO_OPINION_ASKED: entry('task', 409, '没有待答复的征询', '没有人就该任务征询您的意见，或已经答复，请刷新列表。'),
  STREAM_LIMIT: entry('task', 429, '打开的页面过多', '同时打开的办件页面过多，请关闭几个后再试。'),
  CLOCK_NOT_RUNNING: entry('task', 409, '计时状态不允许', '该事项当前的计时状态不允许此操作，请刷新后再试。'),
  MODEL_REFUSED: entry('definition', 422, '流程模型不能发布', '流程模型含有不允许的内容，请按检查结果修改后再发布。'),
  MODEL_UNKNOWN: entry('definition', 404, '流程模型不存在', '没有找到该流程或该版本，请核对后再查询。'),
  DRAFT_STATE_CONFLICT: entry('definition', 409, '草案状态不允许', '流程草案当前的状态不允许此操作，请刷新后再试。'),
  SECOND_PERSON_REQUIRED: entry('definition', 403, '须由另一人批准', '发布须由另一名人员批准，请交由同事办理。'),
  STEP_UNKNOWN: entry('process', 404, '步骤不存在', '流程要求的步骤不在本地区的步骤清单内，请核对流程模型。'),
  STEP_CONFLICT: entry('process', 409, '步骤与办件状态不符', '该步骤与办件当前的状态不符，请由人工核查。'),
  SUBJECT_UNKNOWN: entry('process', 404, '办件不存在', '流程引用的办件不存在，请由人工核查。'),
  NEEDS_CORRECTION: entry('process', 409, '需要补正', '申请内容需要补正，已通知申请人。'),
  PERSON_NOT_FOUND: entry('process', 422, '未查到人员信息', '未在有关部门查到该人员的信息，请核对姓名和证件号码。'),
  WITHDRAWN: entry('process', 409, '事项已撤回', '申请人已撤回该事项，不再办理。'),
  PLATFORM_UNAVAILABLE: entry('department', 503, '平台没有收到办理结果', '政务服务平台没有确认收到办理结果，系统会自动重发，不会重复办理。'),
  DEPARTMENT_UNAVAILABLE: entry('department', 503, '部门系统暂时无法访问', '部门系统暂时无法访问，系统会自动重试，无需重复提交。'),
  DEPARTMENT_TIMEOUT: entry('department', 503, '部门系统没有及时答复', '部门系统没有及时答复，系统会先查询结果再重试。'),
  DEPARTMENT_MAINTENANCE: entry('department', 503, '部门系统正在维护', '部门系统正在维护，维护结束后会自动继续办理。'),
  DEPARTMENT_REPLY_INVALID: entry('department', 502, '部门系统的答复无法识别', '部门系统的答复不符合约定，请由人工核查。'),
  DEPARTMENT_RECEIPT_MISMATCH: entry('department', 502, '部门回执不一致', '部门系统的回执与请求不一致，请由人工核查。'),
  DEPARTMENT_REFUSED: entry('department', 422, '部门系统不予办理', '部门系统未予办理，请查看所附理由。'),
  REQUEST_ID_REUSED: entry('department', 409, '请求编号已用于其他内容', '同一请求编号已用于不同的内容，请由人工核查。'),
  SIGNATURE_INVALID: entry('department', 401, '签名无效', '回调的签名无效，已拒绝，请核对密钥和签名方法。'),
  CALLBACK_STALE: entry('department', 401, '回调已过期', '回调的时间超出允许范围，已拒绝，请校准时钟后重发。'),
  CALLBACK_UNKNOWN: entry('department', 404, '回调对应的请求不存在', '没有找到回调对应的请求，已记录待核查。'),
  ENGINE_UNAVAILABLE: entry('engine', 503, '流程引擎暂时无法访问', '流程服务暂时无法访问，请稍后再试。'),
  ENGINE_COLLISION: entry('engine', 503, '流程引擎正在处理同一办件', '同一办件正在处理，请稍后再试。'),
  ENGINE_REFUSED: entry('engine', 502, '流程引擎拒绝了操作', '流程服务拒绝了该操作，请由管理员查看日志。'),
  DECISION_FAILED: entry('engine', 502, '规则计算失败', '规则计算没有得到结果，请由管理员查看规则表。'),
  DECISIONS_BUSY: entry('engine', 503, '规则计算繁忙', '当前查询较多，请稍后再试。'),
  SERVICE_UNAVAILABLE: entry('system', 503, '服务暂时不可用', '服务暂时不可用，请稍后再试。'),
  NOT_READY: entry('system', 503, '服务正在启动', '服务正在启动，请稍后再试。'),
  CIPHERTEXT_INVALID: entry('system', 500, '密文无法解开', '保存的内容无法解密，请由管理员核查密钥。'),
  AUDIT_BROKEN: entry('system', 500, '审计记录不连续', '审计记录校验未通过，请由管理员核查。'),
  CONFIG_INVALID: entry('system', 500, '配置有误', '配置缺失或有误，请按提示修改后重新启动。'),
  DATA_INVALID: entry('system', 500, '数据文件有误', '随程序发布的数据文件有误，请按提示修改。'),
  INTERNAL: entry('system', 500, '系统出错', '系统出现错误，请稍后再试；如仍不成功，请凭请求编号联系我们。')
})

export type ErrorCode = keyof typeof catalogue

/** One thing to mend: where (JSON pointer, or the name of a variable), which kind, and what to say. */
export interface FieldProblem {
  readonly path: string
  readonly code: string
  readonly message: string
}

export interface ErrorOptions {
  /** Chinese sentence for this occasion; the catalogue's message when left out. Holds no personal data. */
  readonly detail?: string
  readonly fields?: readonly FieldProblem[]
  /** Further members of the problem body, for example `{ conflicts }`, `{ number }`, `{ holder }`. */
  readonly extra?: Readonly<Record<string, unknown>>
  /** Seconds after which trying again makes sense. */
  readonly retryAfter?: number
  readonly cause?: unknown
}

/** A failure that we foresaw. The server answers its status, code and message; a worker makes an incident of it. */
export class AppError extends Error {
  override name = 'AppError'
  readonly code: ErrorCode
  readonly status: number
  readonly title: string
  readonly fields: readonly FieldProblem[] | undefined
  readonly extra: Readonly<Record<string, unknown>> | undefined
  readonly retryAfter: number | undefined

  constructor(code: ErrorCode, options: ErrorOptions = {}) {
    const { status, title, message } = catalogue[code]
    super(options.detail ?? message, 'cause' in options ? { cause: options.cause } : undefined)
    this.code = code
    this.status = status
    this.title = title
    this.fields = options.fields
    this.extra = options.extra
    this.retryAfter = options.retryAfter
  }

  /** What the answer's `detail` says. */
  get detail(): string {
    return this.message
  }
}

/** One field that is wrong. */
export function fieldError(path: string, code: string, message: string): AppError {
  return new AppError('FORM_INVALID', { fields: [{ path, code, message }] })
}

/** A turn that the process model foresees: a worker throws it as the BPMN error of the same code. */
export class ProcessError extends AppError {
  override name = 'ProcessError'
}

/** A failure that passes by itself: the server answers 503 with Retry-After, a worker tries again with back-off. */
export class RetryableError extends AppError {
  override name = 'RetryableError'
}

/** Whether a text is a code of the catalogue (codes come back over HTTP as plain text). */
export function isErrorCode(text: unknown): text is ErrorCode {
  return typeof text === 'string' && Object.hasOwn(catalogue, text)
}
