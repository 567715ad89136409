import { vocabulary } from '../../i18n'

const zh = {
  'palette.title': '查找与操作',
  'palette.type': '输入页面、操作、地区或病例编号，可用中文、拼音或英文',
  'palette.pages': '页面',
  'palette.acts': '操作',
  'palette.areas': '地区',
  'palette.cases': '病例',
  'palette.none': '没有找到。换一个词，或输入地区名称、病例编号的开头。',
  'palette.found': '{n} 项',
  'palette.failed': '地区或病例没有查到：连接不上服务器，或操作太频繁。请稍后再试。',
  'palette.keys': '上下键选择，回车打开，Esc 关闭',
  'palette.case': '病例 {id}',
  'palette.no_number': '无编号',
  'act.report_case': '报告病例',
  'act.register_contact': '登记密切接触者',
  'act.order': '下达隔离指令',
  'act.own_tasks': '看我的任务',
  'act.find_person': '按证件或姓名查找人员',
  'act.enter_person': '登记人员',
  'act.import_people': '导入人员',
  'act.role': '切换角色与地区',
  'act.language': '切换到英文',
  'act.print': '打印本页',
}

const en: Record<keyof typeof zh, string> = {
  'palette.title': 'Find and act',
  'palette.type': 'A page, an act, an area or a case number; in Chinese, pinyin or English',
  'palette.pages': 'Pages',
  'palette.acts': 'Acts',
  'palette.areas': 'Areas',
  'palette.cases': 'Cases',
  'palette.none': 'Nothing was found. Try another word, or the beginning of an area’s name or of a case number.',
  'palette.found': 'found: {n}',
  'palette.failed':
    'Areas or cases could not be asked for: the server cannot be reached, or was asked too often. Try again in a moment.',
  'palette.keys': 'Arrow keys choose, Enter opens, Esc closes',
  'palette.case': 'case {id}',
  'palette.no_number': 'no number',
  'act.report_case': 'Report a case',
  'act.register_contact': 'Register a contact',
  'act.order': 'Order isolation',
  'act.own_tasks': 'See my tasks',
  'act.find_person': 'Find a person by document or name',
  'act.enter_person': 'Enter a person',
  'act.import_people': 'Import people',
  'act.role': 'Change role and area',
  'act.language': 'Switch to Chinese',
  'act.print': 'Print this page',
}

export const useSpoken = vocabulary({ zh, en })
export type Spoken = ReturnType<typeof useSpoken>
export const LANGUAGES = { zh, en }
