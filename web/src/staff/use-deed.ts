import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { ApiError } from '../shared/api.ts'

/** Something that changes the server's state: says in words that it was done, or why not, and has `key` asked for again. */
export function useDeed<T>(key: string, done: string, mutationFn: (input: T) => Promise<unknown>) {
  const queries = useQueryClient()
  const { message } = App.useApp()
  return useMutation({
    mutationFn,
    onSuccess: () => void message.success(done),
    onError: (error: Error) => void message.error(wordsOf(error)),
    onSettled: () => void queries.invalidateQueries({ queryKey: [key] })
  })
}

/** What the server says, and of a form what is wrong with each field. */
function wordsOf(error: Error): string {
  const fields = error instanceof ApiError ? error.fields.map(({ message }) => message) : []
  return [error.message, ...fields].join(' ')
}
