import { LIGHTS } from '../../staff/labels.ts'

/** What each type of the audit trail means; one that is missing would show its code. */
export const EVENTS: Readonly<Record<string, string>> = {
  'application-submitted': '申请提交', 'application-accepted': '申请受理', 'application-refused': '不予受理', 'application-closed': '全部事项办结',
  'item-opened': '事项开始办理', 'item-approved': '审核通过', 'item-rejected': '审核不通过', 'item-withdrawn': '事项撤回', 'item-delivered': '结果送达',
  'item-resumed': '恢复办理', 'row-opened': '申报明细开始办理', 'row-declined': '申报明细不予办理',
  'correction-opened': '发出补正通知', 'correction-submitted': '提交补正', 'correction-lapsed': '逾期未补正', 'withdraw-requested': '申请撤回',
  'task-claimed': '签收任务', 'task-unclaimed': '退回任务', 'task-transferred': '移交任务', 'task-delegated': '委托任务', 'task-reassigned': '调配任务', 'task-decided': '作出办理意见',
  'decision-undone': '撤销办理意见', 'decision-proposed': '提出办理意见', 'special-started': '开始特别程序', 'special-ended': '结束特别程序',
  'opinion-asked': '征询意见', 'opinion-given': '答复征询', 'task-noted': '写备注', 'verdict-given': '逐项核验',
  'personal-data-viewed': '查看全部信息', 'original-verified': '核验原件', 'agent-checked': '核验代办人身份',
  'identity-checked': '核验领取人身份', 'signing-noted': '登记签名方式', 'scan-bound': '扫描件合成一份', 'call-back-promised': '登记回访',
  'applicant-told': '已告知申请人结果', 'applicant-referred': '打印转办告知单', 'evidence-exported': '导出证据包', 'sla-exported': '导出在办事项',
  'department-step': '部门系统已办理', 'department-step-failed': '部门系统办理未成功', 'card-produced': '卡片制作完成', 'callback-parked': '部门通知待核实',
  'registered-after-withdrawal': '撤回后部门已登记', 'refusal-ignored': '重复的不予受理未采用', 'results-collected': '汇总各事项结果',
  'payment-due': '通知缴费', 'payment-due-soon': '提醒缴费期限', 'correction-due-soon': '提醒补正期限', 'pickup-ready': '通知领取结果',
  'parcel-sent': '交付邮寄', 'parcel-collected': '邮件揽收', 'parcel-in-transit': '邮件运送中', 'parcel-delivered': '邮件签收', 'parcel-returned': '邮件退回',
  'unknown-process-refused': '拒绝未知流程', 'payment-settled': '缴费成功', 'payment-failed': '缴费未成功', 'payment-lapsed': '逾期未缴费',
  'sla-milestone': '时限提醒（预警、黄牌、红牌）', 'incident-retried': '核实后重试', rated: '评价', 'rating-followed-up': '追评', 'rating-replied': '回复评价',
  'feedback-taken': '受理群众意见', 'feedback-answered': '答复群众意见', 'oversight-action-sent': '发出督办件', 'oversight-action-acknowledged': '签收督办件',
  'oversight-action-answered': '答复督办件', 'oversight-action-closed': '督办件办结', 'oversight-action-returned': '督办件退回', 'oversight-proof-kept': '上传督办答复的证明',
  'calendar-proposed': '导入年度工作日安排', 'calendar-published': '发布年度工作日安排', 'calendar-rejected': '退回年度工作日安排',
  'draft-created': '新建模型草稿', 'draft-submitted': '提交模型草稿', 'draft-returned': '退回模型草稿', 'model-released': '发布模型',
  'cases-migrated': '在办事项转入新版本', 'topic-paused': '暂停办件主题', 'topic-resumed': '恢复办件主题',
  'erasure-proposed': '提出清除到期信息', 'erasure-confirmed': '确认清除到期信息', 'erasure-rejected': '退回清除批次', 'erasure-done': '到期信息已清除',
  'case-erased': '按保存期限清除个人信息', 'alerts-subscribed': '订阅提醒', 'alerts-unsubscribed': '退订提醒', 'outage-declared': '登记系统故障', 'outage-ended': '系统故障结束', 'clock-redated': '期限重算'
}

const ROLES: Readonly<Record<string, string>> = {
  applicant: '申请人', clerk: '工作人员', window: '窗口人员', supervisor: '监督人员', designer: '流程设计人员', department: '部门系统', system: '系统'
}

/** Who did it: the account of the staff; a person who applies is not named, and a machine's id says nothing to people. */
export function actorName({ role, id }: { readonly role: string; readonly id: string }): string {
  const name = ROLES[role] ?? role
  return ['clerk', 'window', 'supervisor', 'designer'].includes(role) ? `${name}：${id}` : name
}

/** What happened, in words; of the time limit also which light was lit. */
export function eventName({ type, data }: { readonly type: string; readonly data: Readonly<Record<string, unknown>> }): string {
  if (type === 'sla-milestone') return LIGHTS[data.kind as keyof typeof LIGHTS] ?? EVENTS[type]!
  return EVENTS[type] ?? type
}
