import type { FieldProblem } from '../core/errors.ts'

/** One complaint of the validator: `path` begins with /body, /query, /headers or /params. */
export interface Complaint {
  readonly path: string
  readonly message: string
  readonly errorCode?: string
}

/** What people call the fields of the interface, where a name has two meanings by its place; the form's own are in its schema. */
const labels: Readonly<Record<string, string>> = {
  region: '地区', channel: '受理渠道', matters: '所选事项', common: '公共信息', items: '事项信息', agent: '代办人', facts: '已知情况',
  birthDate: '出生日期', sex: '性别', idType: '证件类型', employmentStatus: '就业状态', householdDivision: '户籍地', residenceDivision: '居住地',
  isStudent: '是否在校学生', isEmployerInsured: '是否由单位参保', employerInsurances: '单位参加的险种', currentEnrolments: '已参加的保险',
  hasAppliedForCard: '是否申领过社保卡', cardAppliedIn: '申领过社保卡的地区', changesNameOrIdNumber: '是否变更姓名或证件号码',
  hasSpecialPayment: '是否有特殊缴费', medicalAction: '医保办理类型',
  confirmedNotices: '已确认的须知', declarationAccepted: '承诺', signature: '签名',
  file: '文件', code: '材料', slug: '事项', correctionId: '补正通知', fields: '补正内容', materials: '材料', materialId: '材料',
  reason: '理由', level: '评价等级', reasons: '原因', text: '文字说明', number: '办件编号', mobileLast4: '手机号后四位', contact: '联系方式',
  cursor: '翻页位置', limit: '每页件数', decision: '办理意见', reasonCode: '理由', reasonText: '理由说明', taskIds: '任务', to: '同事账号',
  mobile: '手机号码', name: '名称', relation: '与本人的关系', page: '所在页面', kind: '种类', answers: '回答', rating: '评价', notice: '文书', paper: '文书',
  rows: '申报险种', insurance: '险种', baseFen: '月缴费基数', tierFen: '缴费档次', extras: '另选项目', standing: '缴费状态', planBefore: '原缴费方案',
  periodStart: '费款所属期起', periodEnd: '费款所属期止', unread: '未读', ids: '消息', id: '编号',
  queue: '任务列表', sla: '灯色', colour: '灯色', q: '查找内容', applicationId: '办件', itemId: '事项', department: '部门', division: '区划',
  filters: '筛选条件', isShared: '是否共用', view: '常用筛选', question: '征询的问题', purpose: '查看的用途', correction: '补正内容', path: '填写内容',
  values: '表单内容', action: '操作', subject: '核对的内容', verdict: '核对结果', special: '特别程序', material: '材料', way: '方式', note: '说明',
  reading: '证件读取结果', collector: '领取人', witness: '见证人', pages: '页面', copiesSigned: '复印件签名', referral: '转介事项',
  grain: '统计周期', by: '统计方式', after: '翻页位置', actor: '操作人', type: '种类', from: '移出的一方', 'query/from': '开始日期', 'query/to': '截止日期', state: '状态', status: '状态', count: '件数',
  clerk: '承办人', workingDays: '工作日数', source: '来源', sourceId: '来源', proof: '佐证文件', remark: '意见', isSettled: '是否办妥',
  incident: '异常', topic: '环节', outage: '停机记录', startedOn: '开始日期', endedOn: '结束日期', subscription: '提醒订阅', run: '清除批次',
  year: '年份', days: '日期', date: '日期', isOffDay: '是否休息', papers: '发布文件', import: '日历导入',
  key: '流程', version: '版本', xml: '流程图', draft: '草稿', inputs: '输入', fromVersion: '原版本', toVersion: '新版本', cases: '办件', offset: '起始位置',
  isDryRun: '是否试运行', iss: '登录服务', login_hint: '登录账号', target_link_uri: '返回地址',
  'if-match': '版本号', 'idempotency-key': '幂等键', returnTo: '返回地址'
}

const messages: Readonly<Record<string, (label: string) => string>> = {
  required: label => `请填写${label}`,
  type: label => `${label}的类型不正确`,
  enum: label => `${label}不在可选的范围内`,
  const: label => `${label}不在可选的范围内`,
  pattern: label => `${label}的格式不正确`,
  format: label => `${label}的格式不正确`,
  minLength: label => `请填写${label}`,
  maxLength: label => `${label}过长`,
  minItems: label => `${label}的数量不足`,
  maxItems: label => `${label}的数量过多`,
  maxProperties: label => `${label}的内容过多`,
  uniqueItems: label => `${label}有重复`,
  minimum: label => `${label}过小`,
  maximum: label => `${label}过大`,
  additionalProperties: label => `没有“${label}”这一项`,
  propertyNames: label => `${label}中有不正确的名称`
}

/** Turns the validator's English complaints into fields with a pointer, a code and a Chinese sentence. */
export function fieldProblems(complaints: readonly Complaint[]): FieldProblem[] {
  const seen = new Set<string>()
  return complaints.flatMap(({ path, errorCode }) => {
    const pointer = path.replace(/^\/(body|query|params)(?=\/|$)/, '') || '/'
    const keyword = errorCode?.split('.')[0] ?? ''
    if (seen.has(pointer)) return []
    seen.add(pointer)
    const message = (messages[keyword] ?? (label => `${label}不符合要求`))(labels[path.slice(1)] ?? labelOf(pointer))
    return [{ path: pointer, code: codes[keyword] ?? 'INVALID', message }]
  })
}

const codes: Readonly<Record<string, string>> = {
  required: 'REQUIRED', minLength: 'REQUIRED', additionalProperties: 'UNKNOWN', uniqueItems: 'DUPLICATE',
  maxLength: 'TOO_LONG', maxItems: 'TOO_MANY', maxProperties: 'TOO_MANY', enum: 'NOT_ALLOWED', const: 'NOT_ALLOWED'
}

function labelOf(pointer: string): string {
  const names = pointer.split('/').filter(name => name && !/^\d+$/.test(name))
  const known = names.findLast(name => Object.hasOwn(labels, name.toLowerCase()) || Object.hasOwn(labels, name))
  const last = names.at(-1)
  if (known && known === last) return labels[known] ?? labels[known.toLowerCase()] ?? known
  return last ?? '提交的内容'
}
