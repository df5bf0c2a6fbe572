import type { Knex } from 'knex'

/** What the applicants' opinions oblige us to: replies to bad ratings, one further rating, and the channel for feedback. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.alterTable('rating', table => {
    // Since when a bad rating waits for a reply; null = it waits for none.
    table.bigInteger('open_since')
  })
  await knex.schema.createTable('rating_remark', table => {
    table.text('id').notNullable().primary()
    table.text('rating_id').notNullable().references('rating.id')
    table.text('kind').notNullable()
    table.integer('level')
    table.text('text_enc')
    table.text('created_by').notNullable()
    table.bigInteger('created_at').notNullable()
    table.index(['rating_id'], 'rating_remark_rating')
    table.unique(['rating_id'], { indexName: 'rating_remark_follow_up', predicate: knex.whereRaw("kind = 'follow-up'"), useConstraint: false })
  })
  await knex.schema.createTable('feedback', table => {
    table.text('id').notNullable().primary()
    table.text('number').notNullable().unique()
    table.text('region')
    table.text('department')
    table.text('division')
    table.text('status').notNullable()
    table.text('content_enc').notNullable()
    table.text('mobile_last4_key')
    table.text('handled_by')
    table.text('reply_enc')
    table.bigInteger('created_at').notNullable()
    table.bigInteger('answered_at')
    table.index(['region', 'created_at', 'id'], 'feedback_region')
  })
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('feedback')
  await knex.schema.dropTable('rating_remark')
  await knex.schema.alterTable('rating', table => { table.dropColumn('open_since') })
}
