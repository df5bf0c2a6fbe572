import type { Knex } from 'knex'

/**
 * What is sent to people: a message is an audit event that concerns them (same id), its text messages are counted one by one;
 * a family member's telephone; parcels on their way; days of which people are reminded.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('notification', table => {
    table.bigInteger('read_at')
  })
  await knex.schema.createTable('text_message', table => {
    table.text('id').notNullable().primary()
    table.text('notification_id').notNullable().references('notification.id')
    // applicant or contact
    table.text('recipient').notNullable()
    table.integer('attempt').notNullable()
    // pending, sent, delivered or failed
    table.text('status').notNullable()
    table.text('message_number')
    table.bigInteger('updated_at').notNullable()
    table.unique(['notification_id', 'recipient'], { indexName: 'text_message_once' })
  })
  await knex.schema.createTable('notification_contact', table => {
    table.text('account_key').notNullable().primary()
    table.text('person_key').notNullable()
    table.text('contact_enc').notNullable()
    table.bigInteger('updated_at').notNullable()
    table.index(['person_key'], 'notification_contact_person')
  })
  await knex.schema.createTable('parcel', table => {
    // The request id of the call that handed it to the post.
    table.text('id').notNullable().primary()
    table.text('application_id').notNullable().references('application.id')
    table.text('tracking_number').notNullable()
    // posted, collected, in-transit or delivered
    table.text('status').notNullable()
    table.integer('postage_fen')
    table.integer('collected_fen')
    table.text('items').notNullable()
    table.bigInteger('sent_at').notNullable()
    table.bigInteger('updated_at').notNullable()
    table.index(['application_id'], 'parcel_application')
  })
  await knex.schema.createTable('reminder', table => {
    // The audit event that named the day.
    table.text('id').notNullable().primary()
    table.text('subject_id').notNullable()
    table.text('kind').notNullable()
    table.text('due_on').notNullable()
    table.bigInteger('settled_at')
    table.index(['due_on'], 'reminder_open', { predicate: knex.whereNull('settled_at') })
  })
}

export async function down(knex: Knex): Promise<void> {
  for (const name of ['reminder', 'parcel', 'notification_contact', 'text_message']) await knex.schema.dropTable(name)
  await knex.schema.alterTable('notification', table => { table.dropColumn('read_at') })
}
