import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ApiClient } from './client.ts'

/** `regions/<region>/demo.json`: who applies for what, and which clerks work on it. */
export interface DemoPlan {
  readonly applicants: readonly string[]
  readonly clerks: readonly string[]
  readonly matters: readonly string[]
}

/** The plan of a region below `root`. @throws Error in Chinese when there is none */
export function readDemoPlan(root: string, region: string): DemoPlan {
  const file = join(root, 'regions', region, 'demo.json')
  if (!existsSync(file)) throw new Error(`没有找到地区 ${region} 的演示：${file}`)
  return JSON.parse(readFileSync(file, 'utf8')) as DemoPlan
}

/**
 * The first of the applicants who has not applied yet: somebody whom an earlier demonstration has enrolled would rightly be
 * refused now. @throws Error in Chinese when all have
 */
export async function firstNewApplicant(
  { applicants }: DemoPlan, signIn: (account: string) => Promise<ApiClient>, say: (text: string) => void
): Promise<{ account: string; client: ApiClient }> {
  for (const account of applicants) {
    const client = await signIn(account)
    const { applications } = await client.get('applications')
    if (!applications.some((one: { status: string }) => one.status !== 'draft')) return { account, client }
    say(`${account} 已有办件，换下一位演示人员`)
  }
  throw new Error('演示人员都已办过；删除数据目录后重新启动，可再次演示')
}
