import type { Knex } from 'knex'

/** What the applicant hands in: materials, and the answers to itemised corrections. */
export async function up(knex: Knex): Promise<void> {
  await knex.schema.createTable('material', table => {
    table.text('id').notNullable().primary()
    table.text('application_id').notNullable().references('application.id')
    table.text('code').notNullable()
    table.text('slug')
    table.text('file_name_enc').notNullable()
    table.text('sha256').notNullable()
    table.bigInteger('size').notNullable()
    table.text('media_type').notNullable()
    table.text('stored_name').notNullable()
    table.text('uploaded_by').notNullable()
    table.bigInteger('created_at').notNullable()
    table.index(['application_id'], 'material_application')
  })
  await knex.schema.createTable('correction', table => {
    table.text('id').notNullable().primary()
    table.text('item_id').notNullable().references('item.id')
    table.text('application_id').notNullable().references('application.id')
    table.text('fields').notNullable().defaultTo('[]')
    table.text('materials').notNullable().defaultTo('[]')
    table.text('deadline')
    table.text('status').notNullable()
    table.bigInteger('opened_at')
    table.text('created_by').notNullable()
    table.bigInteger('created_at').notNullable()
    table.bigInteger('submitted_at')
    table.index(['item_id', 'created_at'], 'correction_item')
    table.index(['application_id'], 'correction_application')
  })
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('correction')
  await knex.schema.dropTable('material')
}
