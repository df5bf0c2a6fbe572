import { stack } from './root-stack.ts'

/** Due instants (ms, in order of time) of the timers by which the engine watches over an item. */
export async function timersOf(itemId: string): Promise<number[]> {
  const { system } = stack()
  const authorization = `Basic ${Buffer.from(`engine:${system.secrets.ENGINE_PASSWORD}`).toString('base64')}`
  const get = async <T>(path: string): Promise<T> =>
    await (await fetch(`http://127.0.0.1:${system.options.port + 10}/engine-rest/${path}`, { headers: { authorization } })).json() as T
  const instances = await get<{ id: string }[]>(`process-instance?businessKey=${itemId}`)
  const jobs = await Promise.all(instances.map(({ id }) => get<{ dueDate: string }[]>(`job?processInstanceId=${id}&timers=true`)))
  return jobs.flat().map(({ dueDate }) => Date.parse(dueDate)).sort((one, other) => one - other)
}
