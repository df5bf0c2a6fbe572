export { knex } from 'knex'
