.DEFAULT_GOAL := help
.PHONY: help setup run train test lint eval vectors lock

PYTHON := .venv/bin/python
export RASA_TELEMETRY_ENABLED := false
# OpenMP's threads sleep while they wait (bot/training.py says why).
export GOMP_SPINCOUNT := 1000

help: ## 列出所有命令
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-7s %s\n", $$1, $$2}'

setup: ## 建立环境 .venv（Python 3.10，固定版本）；已建好就跳过
	@scripts/setup.sh requirements.txt

run: setup ## 演示：时钟设在 2022-02-15 09:00，启动后用浏览器打开 http://127.0.0.1:8000
	@CHUNFENG_NOW="$${CHUNFENG_NOW-2022-02-15T09:00}" $(PYTHON) -m bot serve

train: setup ## 训练模型；和训练数据一致时跳过
	@$(PYTHON) -m bot train

test: lint train ## 检查代码，再跑全部测试（有 Chromium 时包括浏览器），每个核一份
	@$(PYTHON) -m pytest -n auto --maxprocesses 4 --dist loadfile

lint: ## ruff 和 mypy
	@scripts/setup.sh requirements.txt requirements-dev.txt
	@$(PYTHON) -m ruff check . && $(PYTHON) -m ruff format --check . && $(PYTHON) -m mypy

eval: setup ## 交叉验证：每个意图听懂多少、最容易混的是哪些，写到 var/eval/report.md（十来分钟）
	@$(PYTHON) -m bench.cross_validation

vectors: setup ## 例句和知识改了很多以后，更新 data/vectors.npz（句向量），别人第一次训练就快
	@$(PYTHON) -m bot vectors

lock: ## 依赖改了以后，重新固定版本（要有 uv）
	@uv pip compile --universal --python-version 3.10 --generate-hashes --no-emit-index-url --no-annotate --no-header requirements.in -o requirements.txt
	@uv pip compile --universal --python-version 3.10 --generate-hashes --no-emit-index-url --no-annotate --no-header requirements-dev.in -o requirements-dev.txt
