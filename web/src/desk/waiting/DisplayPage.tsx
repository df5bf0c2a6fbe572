import { Loaded } from '../../staff/Loaded.tsx'
import '../intake/intake.css'
import { useWaiting, WAITING_STATES } from './use-waiting.ts'
import type { Waiting } from './use-waiting.ts'

/** The screen that faces the people who wait: masked name, end of the number, and whether it is done. */
export function DisplayPage() {
  const waiting = useWaiting()
  return (
    <div className="display">
      <h1>正在等候</h1>
      <Loaded query={waiting}>{data => <Here people={data.waiting.filter(({ state }) => state === 'waiting' || state === 'ready')} />}</Loaded>
    </div>
  )
}

function Here({ people }: { people: readonly Waiting[] }) {
  return (
    <>
      {people.length === 0 && <p>现在没有人等候。</p>}
      <table>
        <thead><tr><th scope="col">申请人</th><th scope="col">办件编号末四位</th><th scope="col">已等候</th><th scope="col">进度</th></tr></thead>
        <tbody>
          {people.map(({ applicationId, applicant, number, waitedMinutes, state }) => (
            <tr key={applicationId} className={state}>
              <td>{applicant}</td><td>{number?.slice(-4)}</td><td>{waitedMinutes} 分钟</td><td>{WAITING_STATES[state]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
