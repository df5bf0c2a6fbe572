import type { ApiClient } from '../client.ts'
import { taskOf } from './find.ts'
import type { Stage } from './stage.ts'

/** A case that waits for its clerk. */
export interface UnderReview {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly applicant: { readonly account: string; readonly client: ApiClient }
  readonly clerk: { readonly account: string; readonly client: ApiClient }
}

/**
 * Submits one matter of a new applicant whom the public data platform does not confirm, so that by the rules a clerk has to look,
 * and waits until the task is there. It stays so until the stage is mended, or the next look would need no clerk.
 */
export async function submitForReview(stage: Stage, slug: string): Promise<UnderReview> {
  const { department, title } = stage.matter(slug)
  const applicant = await stage.newcomer()
  const { common } = await applicant.client.get(`regions/${stage.region}/prefill?matters=${slug}`)
  const doubt = { code: 'IDENTITY_NOT_CONFIRMED', message: '身份信息核验不一致' }
  await stage.faults('data-sharing', [{ mode: 'refuse', idNumber: common.person.idNumber, reasons: [doubt] }])
  const { id, number } = await applicant.client.apply(stage.region, [slug])
  const account = stage.accountOf('clerk', department)
  const client = await stage.as(account)
  stage.say(`  ${applicant.account} 已提交 ${number}“${title}”，正在核验……`)
  await stage.until('审核任务出现', async () => await taskOf(client, id, slug) !== undefined)
  return { id, number, title, applicant, clerk: { account, client } }
}
