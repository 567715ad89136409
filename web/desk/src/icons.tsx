import {
  CalendarOutlined,
  CheckCircleFilled,
  CloseCircleFilled,
  CloseOutlined,
  DownOutlined,
  ExclamationCircleFilled,
  EyeInvisibleOutlined,
  EyeOutlined,
  InfoCircleFilled,
  LoadingOutlined,
} from '@ant-design/icons'

/** Ant Design's pictures speak their English names; the text beside each of them says what it means. */
const silent = { role: undefined, 'aria-label': undefined, 'aria-hidden': true }

export const done = <CheckCircleFilled {...silent} />
export const failed = <ExclamationCircleFilled {...silent} />
const told = {
  successIcon: done,
  infoIcon: <InfoCircleFilled {...silent} />,
  errorIcon: <CloseCircleFilled {...silent} />,
  warningIcon: failed,
}
const clearIcon = <CloseCircleFilled {...silent} />
const loadingIcon = <LoadingOutlined {...silent} />
const closeIcon = <CloseOutlined {...silent} />

export const icons = {
  button: { autoInsertSpace: false, loadingIcon },
  select: { suffixIcon: <DownOutlined {...silent} />, clearIcon, loadingIcon },
  datePicker: { suffixIcon: <CalendarOutlined {...silent} />, allowClear: { clearIcon } },
  inputPassword: {
    iconRender: (shown: boolean) => (shown ? <EyeOutlined {...silent} /> : <EyeInvisibleOutlined {...silent} />),
  },
  alert: told,
  modal: { ...told, closeIcon },
  drawer: { closeIcon },
}
