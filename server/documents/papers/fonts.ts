import { fileURLToPath } from 'node:url'

const file = (weight: string): string =>
  fileURLToPath(import.meta.resolve(`@expo-google-fonts/noto-sans-sc/${weight}/NotoSansSC_${weight}.ttf`))

const regular = file('400Regular')
const bold = file('700Bold')

export const FONT = 'NotoSansSC'

/** Noto Sans SC has the rare characters of names (䶮, 㛃, 𫖯), which the usual web subsets lack. */
export const fonts = { [FONT]: { normal: regular, bold, italics: regular, bolditalics: bold } }

/** The only files that the printer may open. */
export function isFontFile(path: string): boolean {
  return path === regular || path === bold
}
