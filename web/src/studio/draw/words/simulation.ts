/** The simulation of tokens; what it writes without asking a dictionary is put into Chinese as it appears. */
export const SIMULATION: Readonly<Record<string, string>> = {
  'Token Simulation': '模拟运行', 'Play/pause simulation': '继续或暂停', 'Play/Pause Simulation': '继续或暂停', 'Play simulation': '继续',
  'Pause simulation': '暂停', 'Play Simulation': '继续', 'Pause Simulation': '暂停', 'Reset simulation': '重新开始',
  'Reset Simulation': '重新开始', 'Toggle simulation log': '打开或收起记录', 'Show simulation log': '打开记录', 'Simulation log': '模拟记录',
  'Simulation Log': '模拟记录', 'Toggle Simulation Log': '打开或收起记录', 'Set animation speed': '设置速度',
  'Set Animation Speed = Slow': '慢速', 'Set Animation Speed = Normal': '中速', 'Set Animation Speed = Fast': '快速',
  'Set animation speed = Slow': '慢速', 'Set animation speed = Normal': '中速', 'Set animation speed = Fast': '快速',
  'No Entries': '没有记录', 'No entries': '没有记录', 'Trigger Event': '触发事件', 'Trigger event': '触发事件', 'Pause Execution': '在此暂停',
  'Continue Execution': '继续', 'Add pause point': '在此暂停', 'Remove pause point': '取消暂停', 'Trigger': '触发',
  'Set Sequence Flow': '改走另一路', 'Set sequence flow': '改走另一路', 'View process instance': '查看这一件',
  'Focus process instance': '查看这一件', 'Process Instance': '一件', 'Finished': '已结束', 'Found unsupported elements': '有不能模拟的元素',
  'Not supported': '不能模拟', 'Service Task': '自动步骤', 'User Task': '人工任务', 'Call Activity': '调用流程', 'Script Task': '脚本任务',
  'Business Rule Task': '规则判定', 'Manual Task': '手工任务', 'Receive Task': '等待消息的任务', 'Send Task': '发送任务',
  'Exclusive Gateway': '判断（只走一路）', 'Parallel Gateway': '并行', 'Inclusive Gateway': '多选', 'Start Event': '开始事件',
  'Intermediate Event': '中间事件', 'Boundary Event': '边界事件', 'End Event': '结束事件', 'Process started': '流程开始', 'Process finished': '流程结束', 'Process canceled': '流程取消',
  'SubProcess started': '子流程开始', 'SubProcess finished': '子流程结束', 'SubProcess canceled': '子流程取消'
}
