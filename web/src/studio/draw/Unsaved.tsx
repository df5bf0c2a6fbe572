import { Alert, Button, Space } from 'antd'
import { answer, api } from '../../shared/api.ts'
import type { Saver, SaveState } from './saver.ts'

interface Props {
  readonly draft: string
  /** What is edited, as a person calls it. */
  readonly what: '图形' | '规则表'
  readonly saver: Saver
  readonly state: SaveState
  /** What is drawn was kept by the browser of a save that never arrived. */
  readonly isKept: boolean
  readonly onGiveUp: () => void
}

/** What has not reached the server, and the ways out; nothing drawn is thrown away without a choice. */
export function Unsaved({ draft, what, saver, state: { kind, problem }, isKept, onGiveUp }: Props) {
  const giveUp = <Button onClick={onGiveUp}>放弃，回到已保存的{what}</Button>
  if (kind === 'conflict') {
    const insist = async (): Promise<void> => saver.overwrite((await answer(api.GET('/drafts/{draft}', { params: { path: { draft } } }))).version)
    const ways = <Space>{giveUp}<Button onClick={() => void insist()}>以我的为准（对方的留在历史中）</Button></Space>
    return <Alert type="error" showIcon title="别人在这期间保存过这份草案。您改的仍留在这台电脑上。" action={ways} />
  }
  if (kind === 'failed') {
    const title = `没有保存成功，${what}仍留在这台电脑上：${problem}`
    return <Alert type="error" showIcon title={title} action={<Space><Button onClick={() => void saver.save()}>再存一次</Button>{giveUp}</Space>} />
  }
  return isKept ? <Alert type="warning" showIcon closable title={`这是上次没有来得及保存的${what}，已从这台电脑恢复。`} /> : null
}
