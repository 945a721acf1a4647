# One image for web, worker, beat and migrations; docker-compose.yml gives the commands.

FROM node:24-slim AS front
WORKDIR /front
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM python:3.13-slim AS packages
COPY requirements/base.txt .
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r base.txt

FROM python:3.13-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
RUN useradd --system --uid 10001 --home-dir /srv/wijkaanpak --no-create-home wijkaanpak
WORKDIR /srv/wijkaanpak
COPY --from=packages /venv /venv
COPY . .
COPY --from=front /front/node_modules node_modules
# Building needs settings that production insists on; none of these values reaches the running container.
RUN WIJKAANPAK_ENVIRONMENT=production SECRET_KEY=build ALLOWED_HOSTS=build DATABASE_URL=postgresql://x/x REDIS_URL=redis://x \
    sh -c "python manage.py messages --compile && python manage.py collectstatic --noinput --verbosity 0" \
    && rm -rf node_modules \
    && mkdir -p var/media && chown wijkaanpak var/media
USER wijkaanpak
EXPOSE 8000
CMD ["gunicorn", "wijkaanpak.wsgi", "--config", "deploy/gunicorn.conf.py"]
