#!/bin/bash
# run.sh WxH project script...   each arg: key:<keys> | type:<text> | shot:<name> | sleep:<s> | click:x,y
size=$1; shift; proj=$1; shift
export DISPLAY=:96 LIBGL_ALWAYS_SOFTWARE=1 FYNE_SCALE=1 XDG_CONFIG_HOME=/tmp/editor/config HOME=/tmp/editor/home LANG=C.UTF-8
Xvfb :96 -screen 0 ${size}x24 +extension GLX -nolisten tcp >/dev/null 2>&1 & X=$!
sleep 1
/tmp/editor/spanwright $proj --annotator asha >/tmp/editor/out.log 2>&1 & P=$!
sleep 3
for i in $(seq 20); do W=$(xdotool search --onlyvisible --name Spanwright | head -1); [ -n "$W" ] && break; sleep .5; done
xdotool windowsize $W ${size%x*} ${size#*x}; xdotool windowmove $W 0 0; xdotool windowfocus $W; sleep 1.5
for a in "$@"; do case $a in
 key:*) xdotool key --delay 60 ${a#key:};;
 type:*) xdotool type --delay 40 "${a#type:}";;
 shot:*) import -window root /tmp/editor/${a#shot:}.png;;
 sleep:*) sleep ${a#sleep:};;
 click:*) IFS=, read x y <<<"${a#click:}"; xdotool mousemove $x $y click 1;;
esac; done
kill $P; wait $P 2>/dev/null; kill $X; wait $X 2>/dev/null
