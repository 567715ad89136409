import { vocabulary } from '../../i18n'
import { en } from './words.en'
import { zh } from './words.zh'

export const useSpoken = vocabulary({ zh, en })
export type Words = ReturnType<typeof useSpoken>
