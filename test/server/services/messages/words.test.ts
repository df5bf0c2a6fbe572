import { expect } from 'chai'
import { appendAudit } from '../../../../server/db/audit.ts'
import { findApplication } from '../../../../server/db/applications.ts'
import { findNotification } from '../../../../server/db/notifications.ts'
import { textFor } from '../../../../server/services/messages/words.ts'
import { onBothDatabases } from '../../../support/databases.ts'
import { submittedCase, testContext } from '../../support/case-context.ts'

onBothDatabases('messages/words', ({ openMigrated }) => {
  it('name the matter, the day and the sum, and nobody', async () => {
    const ctx = testContext(await openMigrated())
    const one = await submittedCase(ctx, { matters: ['contribution'], rows: ['flexible-pension'] })
    const { id } = await appendAudit(ctx.db, {
      chain: one.id, type: 'payment-due', actor: { role: 'system', id: 'x' }, itemId: one.item('contribution'), at: ctx.clock.now(),
      data: { rowId: one.row('flexible-pension'), insurance: 'flexible-pension', amountFen: 812_340, deadline: '2026-04-15' }
    })
    const notification = (await findNotification(ctx.db, id))!
    const application = (await findApplication(ctx.db, one.id))!
    const template = ctx.regions.messages('guangxi')['payment-due']!
    const text = await textFor(ctx, application, template, notification, 'applicant')
    expect(text).to.match(/^【一件事】韦\*+试?，您好：/)
    expect(text).to.include('灵活就业人员基本养老保险费申报').and.include('8,123.40元').and.include('2026-04-15')
    expect(text).to.not.include('韦测试').and.not.match(/\d{15}/).and.not.match(/[{}]/)
    expect(await textFor(ctx, application, template, notification, 'contact')).to.match(/^【一件事】您的亲友韦/)
  })
})
