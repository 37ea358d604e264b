/**
 * What a guard runs: text for any POSIX shell (dash, bash, BusyBox, …), started as
 *
 *   sh <folder>/guard <folder> <pid of the app> <Ctrl+C that are enough> <last words>
 *
 * with the terminal as descriptor 1. Files of the folder, which belongs to the app's user alone:
 *
 *   state     first line: `+` and the bytes to print, octal, or `-` for nothing to do; before that `READY` or `FAILED`, by the
 *             guard
 *   words     a named pipe, which the app keeps open for writing: a line a word
 *   keys      what was read from the terminal while the app did not answer
 *   held      an ETX for each Ctrl+C that the app itself has read and not come to yet
 *   looking   exists while the terminal is read: the app waits for that before it reads itself
 *   awake     exists when the app answers again: nothing is read any more
 *   crash.json what Node wrote of a fatal error (`crash-report.node.ts`)
 *
 * The shell sleeps in a read from the pipe. Its end of file: the app is gone, however it went. Until the app has opened it
 * and said so (its first `r`), the shell holds it open itself, and looks every half second whether the app is there.
 * Whichever way it ends, the folder goes with it: an app that has died early removes nothing.
 *
 *   b   from the app     it is at work ─▶ a look every half second, whether it said so again
 *   r   from the app     it rests ─▶ no timer, no look
 *   n   from the app     it has set its terminal anew
 *   t   from a timer     half a second is over
 *
 *   at work, two looks without b ─▶ the app seems to hang: its terminal is read. With Ctrl+C there, at the fourth look, or
 *   at once when it was pressed once more than needed, the terminal is put back and the app killed: in this order, so that
 *   a shell finds it as it was.
 *
 * A stopped app does not hang. The terminal is left alone while the app is in the background, or when its settings are not
 * the app's own: then another program has it. A terminal that is gone while the app hangs would leave it running for
 * ever: after ten seconds it is killed. Nothing is changed in the settings but for the moment of a look, and no helper
 * outlives the shell or keeps the terminal open.
 *
 * No traps: what `wait` does when a trapped signal comes differs from shell to shell (bash 5.2 loses signals).
 */
import { CRASH_REPORT } from './crash-report.node.ts';

/**
 * Ctrl+C as a sequence, behind its escape character: `CSI 99 ; 5 u` of the kitty protocol with its locks, its other key codes
 * (another layout has a key of its own there) and press or repeat; the same of modifyOtherKeys; Win32 input mode. Both an
 * extended regular expression of POSIX and one of JavaScript.
 */
export const CTRL_C_SEQUENCES: readonly string[] = [
  '\\[(99|[0-9]+:[0-9]*:99)(:[0-9:]*)?;(5|69|133|197)(:[12]?)?(;[0-9:]*)?u',
  '\\[27;5;99~',
  '\\[67;[0-9]*;3;1;[0-9]*;[0-9]*_',
];

/** Where escape characters are line ends, printing characters are all there are, and ETX is `C` and no other character is. */
const CTRL_C = ['C', ...CTRL_C_SEQUENCES.map((sequence) => `^${sequence}`)].join('|');

export const GUARD_SCRIPT: string = `trap '' INT TERM HUP QUIT TSTP TTOU TTIN
beat= rest= timer= silent=0 ours= open=
folder=$1 app=$2 enough=$3 words=$4
exec 3<"$folder/state" 4>>"$folder/state" 5>&1 </dev/null || exit
line=$(stty -g <&5) && mkfifo "$folder/words" || { echo FAILED >&4; rm -rf "$folder"; exit; }
echo READY >&4
exec 4>&- 7<>"$folder/words" 6<"$folder/words"

tick() {
  { sleep 0.5 2>/dev/null || sleep 1; echo t >"$folder/words"; } >/dev/null 3<&- 5>&- 6<&- 7>&- & timer=$!
}

gone() {
  kill -0 "$app" || return 0
  [ -r "/proc/$app/stat" ] && read -r at <"/proc/$app/stat" || return 1
  case \${at##*") "} in [ZX]*) ;; *) return 1 ;; esac
}

restore() {
  read -r state <&3
  case $state in '+'*) ;; *) return 1 ;; esac
  printf "\${state#+}" >&5
  raw || return 0
  dd bs=4096 count=64 <&5 >/dev/null 2>&1 & drain=$!
  sleep 0.1
  kill -9 $drain
  ! raw || stty "$line" <&5
}

raw() { case $(stty -a <&5) in *-isig*) ;; *) false ;; esac; }

mine() {
  if [ -r "/proc/$app/stat" ]; then
    read -r at <"/proc/$app/stat"
    set -- \${at##*") "}
    case $1 in T|t) silent=0; return 1 ;; esac
    [ "$6" = -1 ] || [ "$6" = "$3" ]
  else
    case $(ps -o stat= -p "$app") in T*) silent=0; return 1 ;; *'+'*) ;; *) return 1 ;; esac
  fi
}

look() {
  mine || return
  [ -t 5 ] || { [ "$silent" -lt 20 ] || kill -9 "$app"; return; }
  [ "$(stty -g <&5)" = "$ours" ] || return
  [ ! -f "$folder/keys" ] || [ "$(wc -c <"$folder/keys")" -lt 8388608 ] || : >"$folder/keys"
  : >"$folder/looking"
  if [ ! -f "$folder/awake" ]; then
    stty min 0 time 1 <&5
    dd bs=4096 count=1 <&5 >>"$folder/keys" 2>/dev/null & reader=$!
    { sleep 1; kill -9 "$reader"; } >/dev/null 3<&- 5>&- 6<&- & bound=$!
    wait "$reader"
    kill -9 "$bound"
    wait "$bound" 2>/dev/null
    stty min 1 time 0 <&5
  fi
  rm -f "$folder/looking"
  found=$(cat "$folder/held" "$folder/keys" 2>/dev/null | LC_ALL=C tr 'C\\003\\033' 'cC\\n' | LC_ALL=C tr -cd ' -~\\n' | grep -Eo '${CTRL_C}' | grep -c .)
  [ "\${found:-0}" -ge "$enough" ] 2>/dev/null || return
  [ "$found" -gt "$enough" ] || [ "$silent" -ge 4 ] || return
  restore
  printf '%s\\r\\n' "$words" >&5
  kill -9 "$app"
}

tick
while read -r word <&6; do
  case $word in
    b)
      beat=1 rest=
      [ -n "$ours" ] || ! raw || ours=$(stty -g <&5)
      [ ! -f "$folder/awake" ] || rm -f "$folder/awake"
      ;;
    r)
      rest=1
      [ -n "$open" ] || exec 7</dev/null
      open=1
      ;;
    n) ours= ;;
    t)
      wait "$timer"
      timer=
      if [ -z "$open" ]; then ! gone || break
      elif [ -n "$beat" ]; then beat= silent=0
      elif [ -n "$rest" ]; then silent=0
      else
        silent=$((silent+1))
        [ "$silent" -lt 2 ] || look
      fi
      ;;
  esac
  [ -n "$timer$rest" ] || tick
done

restore && [ -f "$folder/${CRASH_REPORT}" ] &&
  printf 'spark-tui: the app ended: %s\\r\\n' "$(sed -n '/"event":/{s/^.*"event": *"\\([^"]*\\)".*/\\1/p;q;}' "$folder/${CRASH_REPORT}")" >&5
rm -rf "$folder"
exec >/dev/null 5>&-
[ -z "$timer" ] || wait "$timer"`;
