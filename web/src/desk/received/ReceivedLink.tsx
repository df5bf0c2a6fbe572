import { Link } from 'react-router'
import { useWaiting } from './use-received.ts'

/** The way to what supervisors sent, with how many of them wait for an answer. */
export function ReceivedLink() {
  const waiting = useWaiting().data ?? 0
  return <Link to="/received" className="desk-account">收到的督办{waiting > 0 && `（${waiting} 件待答复）`}</Link>
}
