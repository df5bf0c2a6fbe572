import { Modal } from 'antd'

const GROUPS: readonly { readonly title: string; readonly keys: readonly (readonly [string, string])[] }[] = [
  { title: '任何页面', keys: [['n', '领下一件（最急的）'], ['u', '撤销刚才的意见'], ['?', '显示快捷键']] },
  { title: '任务清单', keys: [
    ['j / ↓', '下一行'], ['k / ↑', '上一行'], ['回车', '打开'], ['c', '签收'], ['x', '选中或取消选中'], ['/', '查找'], ['q', '下一个队列']
  ] },
  { title: '办理页面', keys: [
    ['1 2 3 …', '按顺序选择办理意见'], ['回车', '在对话框中确定'], ['c', '签收'], ['g', '退回'], ['t', '移交、委托或征询'], ['m', '写备注'],
    ['s', '进入或结束特别程序'], ['v', '查看全部信息'], ['l', '返回清单'], ['+ -', '放大或缩小图片'], ['r', '旋转图片'], ['0', '还原图片']
  ] }
]

/** The visible list of shortcuts. */
export function Shortcuts({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Modal open={isOpen} title="快捷键" footer={null} onCancel={onClose} width={640}>
      {GROUPS.map(({ title, keys }) => (
        <section key={title}>
          <h2>{title}</h2>
          <dl className="shortcuts">
            {keys.map(([key, meaning]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{meaning}</dd></div>)}
          </dl>
        </section>
      ))}
    </Modal>
  )
}
