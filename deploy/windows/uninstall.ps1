# Removes a Stratora collector or agent from Windows: its service, its scheduled task and, when nothing else of Stratora is
# left, its program. Its state, with what was not sent yet, stays unless -RemoveState is given. Run it in a PowerShell of an
# administrator; on the server revoke or delete the component too.
param(
  [Parameter(Mandatory = $true, Position = 0)][ValidateSet('collector', 'agent')][string]$Type,
  [string]$Prefix = $env:ProgramFiles,
  [string]$StateRoot = $env:ProgramData,
  [switch]$RemoveState
)
$ErrorActionPreference = 'Stop'

$base = Join-Path $Prefix 'Stratora'
$folder = Join-Path $base "service\$Type"
$wrapper = Join-Path $folder "stratora-$Type.exe"
if (Test-Path $wrapper) {
  & $wrapper stop | Out-Null
  & $wrapper uninstall | Out-Null
  Remove-Item -Recurse -Force $folder
}
Stop-ScheduledTask -TaskName "Stratora $Type" -ErrorAction SilentlyContinue
Unregister-ScheduledTask -TaskName "Stratora $Type" -Confirm:$false -ErrorAction SilentlyContinue

$state = Join-Path $StateRoot "Stratora\$Type"
if ($RemoveState -and (Test-Path $state)) { Remove-Item -Recurse -Force $state }

$other = if ($Type -eq 'agent') { 'collector' } else { 'agent' }
$otherTask = Get-ScheduledTask -TaskName "Stratora $other" -ErrorAction SilentlyContinue
if (-not (Test-Path (Join-Path $base "service\$other")) -and -not $otherTask -and (Test-Path $base)) {
  Remove-Item -Recurse -Force $base
}
if (Test-Path $state) { Write-Output "The $Type is removed; its state stays in $state." }
else { Write-Output "The $Type is removed." }
